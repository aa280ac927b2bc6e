"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { slugSchema } from "@/server/plan/slug-schema";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";

/** Asks for a name, and begins a prompt with an example in it. */
export function NewPromptDialog({ onClose }: { onClose: () => void }) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	const formId = useId();
	const whyNot = useWhyNot("prompt:edit");
	const [name, setName] = useState("");
	const wrong = name === "" ? undefined : slugSchema.safeParse(name).error?.issues[0]?.message;
	const create = useMutation(
		trpc.prompts.create.mutationOptions({
			meta: { ownError: true },
			onSuccess: async (made) => {
				await queries.invalidateQueries(trpc.prompts.pathFilter());
				router.push(`/${team.slug}/prompts/${made.name}`);
				onClose();
			},
		}),
	);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (whyNot === undefined && name !== "" && wrong === undefined)
			create.mutate({ team: team.slug, text: firstText(name) });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="New prompt"
			description="Steps name it by this. It can be changed later; the name before still leads to it."
			foot={
				<SubmitButtons
					form={formId}
					busy={create.isPending}
					disabled={name === "" || wrong !== undefined}
					whyNot={whyNot}
					onCancel={onClose}
				>
					Create prompt
				</SubmitButtons>
			}
		>
			<form id={formId} onSubmit={submit}>
				<Field
					label="Name"
					help="Lower-case letters, digits and hyphens."
					error={wrong ?? (create.error && errorText(create.error))}
				>
					{(control) => (
						<Input
							{...control}
							value={name}
							placeholder="incident-report"
							maxLength={PROMPT_LIMITS.name}
							autoComplete="off"
							onChange={(event) => {
								setName(event.target.value);
								create.reset();
							}}
						/>
					)}
				</Field>
			</form>
		</Dialog>
	);
}

function firstText(name: string): string {
	return `---
name: ${name}
description: ""
variables:
  properties:
    topic: { type: string, description: What it is about }
  required: [topic]
---
Write three sentences about {{topic}}.
`;
}
