"use client";

import { type FormEvent, useId, useState } from "react";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { slugSchema } from "@/server/plan/slug-schema";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";

interface RenamePromptProps {
	name: string;
	/** Writes the name into the draft. */
	onRename: (name: string) => void;
	onClose: () => void;
}

/** Asks for another name. It takes effect when the draft is saved. */
export function RenamePrompt({ name: before, onRename, onClose }: RenamePromptProps) {
	const [name, setName] = useState(before);
	const formId = useId();
	const wrong = slugSchema.safeParse(name).error?.issues[0]?.message;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (wrong !== undefined) return;
		onRename(name);
		onClose();
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Rename the prompt"
			description="The name stands in the front matter, and holds once the draft is saved. Steps that use the name before still find it."
			foot={
				<SubmitButtons form={formId} busy={false} disabled={wrong !== undefined || name === before} onCancel={onClose}>
					Rename in the draft
				</SubmitButtons>
			}
		>
			<form id={formId} onSubmit={submit}>
				<Field label="Name" error={wrong}>
					{(control) => (
						<Input
							{...control}
							value={name}
							maxLength={PROMPT_LIMITS.name}
							autoComplete="off"
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
			</form>
		</Dialog>
	);
}
