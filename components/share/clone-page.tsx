"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { CredentialFields } from "@/components/templates/use/credential-fields";
import type { CredentialChoices } from "@/components/templates/use/use-template-data";
import { useTRPC } from "@/components/trpc/client";
import { Field, FieldError } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { GuardedButton } from "@/components/ui/guarded";
import { showDone } from "@/components/ui/toasts/toaster";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";

interface ClonePageProps {
	team: string;
	token: string;
	plan: {
		name: string;
		teamName: string;
		credentials: readonly string[];
		hidden: readonly string[];
	};
	action: (input: {
		team: string;
		token: string;
		name: string;
		credentials: Record<string, string | null>;
	}) => Promise<{ error?: string; made?: { slug: string; isReady: boolean } }>;
}

/** Asks for what is missing of a shared workflow, or leaves it for later, and makes one's own of it. */
export function ClonePage({ team, token, plan, action }: ClonePageProps) {
	const viewer = useViewer();
	const whyNot = useWhyNot("workflow:edit");
	const [name, setName] = useState(plan.name);
	const [choices, setChoices] = useState<CredentialChoices>({});
	const { error, busy, clone } = useClone({ team, action });
	const questions = plan.credentials.map((credential) => ({
		name: credential,
		label: credential,
		help: "One choice applies to every step that uses it.",
	}));
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() !== "" && whyNot === undefined) clone({ team, token, name, credentials: { ...choices } });
	};
	return (
		<div className="min-h-0 flex-1 overflow-y-auto">
			<div className="mx-auto w-full max-w-[640px] px-5 py-6 phone:px-4">
				<h1 className="text-20 tracking-[-0.012em]">Clone {plan.name}</h1>
				<p className="mt-1 mb-5 text-ink-2">
					Shared by {plan.teamName}. The copy becomes a workflow of {viewer.team.name}. The original stays as it is.
				</p>
				<form noValidate onSubmit={submit} className="grid gap-6">
					<Field label="Name" required error={name.trim() === "" ? "Enter a name." : undefined}>
						{(control) => (
							<Input {...control} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
						)}
					</Field>
					{questions.length > 0 && (
						<section className="grid gap-3">
							<div>
								<h2 className="text-15">Missing credentials</h2>
								<p className="text-12 text-ink-3">
									Steps without a credential are disabled. Runs skip them until you enable them.
								</p>
							</div>
							<CredentialFields team={team} questions={questions} choices={choices} onChange={setChoices} />
						</section>
					)}
					{plan.hidden.length > 0 && <HiddenValues steps={plan.hidden} />}
					{error && <FieldError>{error}</FieldError>}
					<div className="flex justify-end border-line-soft border-t pt-4">
						<GuardedButton intent="primary" size="form" type="submit" whyNot={whyNot} busy={busy}>
							Clone the workflow
						</GuardedButton>
					</div>
				</form>
			</div>
		</div>
	);
}

function HiddenValues({ steps }: { steps: readonly string[] }) {
	return (
		<section>
			<h2 className="text-15">Hidden values</h2>
			<p className="text-12 text-ink-3">
				These steps contained a secret, which was not shared. Use a credential instead.
			</p>
			<ul className="mt-2 list-disc pl-5">
				{steps.map((step, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: two steps may have one name
					<li key={index}>{step}</li>
				))}
			</ul>
		</section>
	);
}

function useClone({ team, action }: Pick<ClonePageProps, "team" | "action">) {
	const router = useRouter();
	const trpc = useTRPC();
	const queries = useQueryClient();
	const [error, setError] = useState<string>();
	const [busy, start] = useTransition();
	const clone = (input: Parameters<typeof action>[0]) =>
		start(async () => {
			const { error: refused, made } = await action(input);
			setError(refused);
			if (!made) return;
			showDone(
				"The workflow is created",
				made.isReady ? "Press Run to see it work." : "It is a draft. Fill in what is missing, and publish it.",
			);
			void queries.invalidateQueries(trpc.workflows.list.pathFilter());
			router.push(`/${team}/workflows/${made.slug}`);
		});
	return { error, busy, clone };
}
