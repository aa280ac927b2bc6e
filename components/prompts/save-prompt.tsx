"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { showDone } from "../ui/toasts/toaster";
import type { Prompt, PromptWork } from "./use-prompt-work";

interface SavePromptProps {
	team: string;
	prompt: Prompt;
	work: PromptWork;
	onClose: () => void;
}

/** Asks what is new, and saves the draft as the next version. */
export function SavePrompt({ team, prompt, work, onClose }: SavePromptProps) {
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
			<form id={formId} onSubmit={submit}>
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
