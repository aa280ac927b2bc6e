"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Eye, Link as LinkIcon } from "lucide-react";
import { useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/forms/field";
import { Switch } from "@/components/ui/forms/toggles";
import { LinkList } from "./link-list";
import { type LinkDraft, LinkTerms, useLinkDraft } from "./link-terms";
import { MadeLink } from "./made-link";
import { SentPreview } from "./sent-preview";

interface ShareDialogProps {
	team: string;
	runId: string;
	number: number;
	onClose: () => void;
}

/** Makes a link of a run, says what it sends, and lists those that there are. */
export function ShareDialog({ team, runId, number, onClose }: ShareDialogProps) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const links = useQuery(trpc.sharing.list.queryOptions({ team, runId }));
	const [draft, change] = useLinkDraft(links.data?.policy);
	const [previews, setPreviews] = useState(false);
	const create = useMutation({
		...trpc.sharing.create.mutationOptions(),
		meta: { ownError: true },
		onSuccess: ({ token }) => {
			void copyText(addressOf(token), "The link");
			return queries.invalidateQueries(trpc.sharing.list.queryFilter({ team }));
		},
	});
	const { shows, name, hours, password } = draft;
	const terms = { shows, name, hours: hours ?? undefined, password: password === "" ? undefined : password };
	if (previews) return <SentPreview {...{ team, runId, shows }} onClose={() => setPreviews(false)} />;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Share run ${number}`}
			description="Whoever has the link watches live, read-only. Secrets never leave the team."
			className="w-[560px]"
			foot={
				<>
					<Button intent="ghost" size="form" className="text-accent" onClick={() => setPreviews(true)}>
						<Eye />
						What this link sends
					</Button>
					<span className="ml-auto flex gap-2 phone:w-full phone:[&>*]:flex-1">
						<Button intent="ghost" size="form" onClick={onClose}>
							{create.data ? "Close" : "Cancel"}
						</Button>
						<Button
							intent="primary"
							size="form"
							busy={create.isPending}
							disabled={links.data?.policy.isOn === false}
							onClick={() => create.mutate({ team, runId, ...terms })}
						>
							<LinkIcon />
							Create and copy link
						</Button>
					</span>
				</>
			}
		>
			{create.data && <MadeLink address={addressOf(create.data.token)} />}
			<Choices draft={draft} onChange={change} />
			{links.data && <LinkTerms draft={draft} policy={links.data.policy} onChange={change} />}
			{create.error && <FieldError>{errorText(create.error)}</FieldError>}
			<LinkList team={team} query={links} />
		</Dialog>
	);
}

function addressOf(token: string): string {
	return `${location.origin}/share/${token}`;
}

const CHOICES = [
	{
		key: "settings",
		label: "Settings of the steps",
		help: "Commands, prompts and addresses. With them the workflow can be cloned",
	},
	{
		key: "inputs",
		label: "Inputs",
		help: "What the run was started with. Left out, it is redacted everywhere else, too",
	},
	{ key: "outputs", label: "Outputs and errors", help: "Values that look private are redacted" },
	{ key: "logs", label: "Logs", help: "Values that look private are redacted line by line" },
] as const;

interface ChoicesProps {
	draft: LinkDraft;
	onChange: (change: Partial<LinkDraft>) => void;
}

function Choices({ draft: { shows }, onChange }: ChoicesProps) {
	return (
		<section aria-label="What it shows">
			<h3 className="font-medium text-12 text-ink-2">What it shows</h3>
			<div className="flex min-h-11 items-center gap-3">
				<span className="min-w-0 flex-1">
					<span className="block font-medium">Canvas, states and timeline</span>
					<span className="block text-12 text-ink-3">Always</span>
				</span>
				<Check aria-hidden="true" className="size-4 text-ink-3" />
			</div>
			{CHOICES.map(({ key, label, help }) => (
				<Choice
					key={key}
					label={label}
					help={help}
					checked={shows[key]}
					onChange={(checked) => onChange({ shows: { ...shows, [key]: checked } })}
				/>
			))}
		</section>
	);
}

interface ChoiceProps {
	label: string;
	help: string;
	checked: boolean;
	onChange: (checked: boolean) => void;
}

function Choice({ label, help, checked, onChange }: ChoiceProps) {
	const id = useId();
	return (
		<div className="flex min-h-[52px] items-center gap-3 border-line-soft border-t">
			<label htmlFor={id} className="min-w-0 flex-1">
				<span className="block font-medium">{label}</span>
				<span id={`${id}-help`} className="block text-12 text-ink-3">
					{help}
				</span>
			</label>
			<Switch id={id} aria-describedby={`${id}-help`} checked={checked} onCheckedChange={onChange} />
		</div>
	);
}
