"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { showDone } from "../ui/toasts/toaster";
import { CasesVerdict } from "./cases-verdict";
import { countCases, type PromptCases } from "./use-prompt-cases";
import type { Prompt, PromptWork } from "./use-prompt-work";

interface SavePromptProps {
	team: string;
	prompt: Prompt;
	work: PromptWork;
	tests: PromptCases;
	onClose: () => void;
}

/** Asks what is new, and saves the draft as the next version. */
export function SavePrompt({ team, prompt, work, tests, onClose }: SavePromptProps) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	const formId = useId();
	const whyNot = useWhyNot("prompt:edit");
	const [note, setNote] = useState("");
	const refresh = () => queries.invalidateQueries(trpc.prompts.pathFilter());
	const save = useMutation(
		trpc.prompts.save.mutationOptions({
			meta: { ownError: true },
			onError: refresh,
			onSuccess: async ({ name, version }) => {
				showDone(`${name} is saved as v${version}`);
				await refresh();
				work.drop();
				if (name !== prompt.name) router.replace(`/${team}/prompts/${name}`);
				onClose();
			},
		}),
	);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (whyNot === undefined) save.mutate({ team, prompt: prompt.name, text: work.text, version: work.base, note });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Save ${prompt.name} as v${prompt.version + 1}`}
			description="Steps that take the latest version use it in runs that start from now on."
			foot={
				<SubmitButtons form={formId} busy={save.isPending} whyNot={whyNot} onCancel={onClose}>
					Save version
				</SubmitButtons>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-3">
				{tests.cases.length > 0 && <CasesBefore tests={tests} />}
				<Field label="What is new" hint="optional" error={save.error && errorText(save.error)}>
					{(control) => (
						<Input
							{...control}
							value={note}
							maxLength={PROMPT_LIMITS.note}
							placeholder="Says when the cause is not known"
							onChange={(event) => setNote(event.target.value)}
						/>
					)}
				</Field>
			</form>
		</Dialog>
	);
}

/** Which cases fail with the text that is about to be saved. */
function CasesBefore({ tests }: { tests: PromptCases }) {
	const { cases, isRunning, done, problem } = tests;
	const { tried, total } = countCases(cases);
	return (
		<div className="grid gap-1.5 rounded-3 border border-line bg-sunken px-3 py-2 text-12">
			<span className="flex min-h-6 items-center gap-2">
				<CasesVerdict {...{ cases, isRunning, done }} />
				{!isRunning && tried < total && (
					<Button className="ml-auto" onClick={() => void tests.run()}>
						Run the cases
					</Button>
				)}
			</span>
			{cases.map(({ id, name, now }) => now && !now.passed && <span key={id}>{`${name}: ${now.reason}`}</span>)}
			{problem && (
				<span role="alert" className="text-failed">
					{problem}
				</span>
			)}
		</div>
	);
}
