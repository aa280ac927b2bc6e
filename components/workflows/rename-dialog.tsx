"use client";

import { type FormEvent, useId, useState } from "react";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/field";
import { Input, Textarea } from "../ui/input";
import { SubmitButtons } from "../ui/submit-buttons";
import { useRename } from "./use-rename";

interface RenameDialogProps {
	team: string;
	workflow: { slug: string; name: string; description: string };
	onClose: () => void;
}

const MAX = { name: 120, description: 2_000 };

/** Asks how a workflow is called and what it is for. Its address stays, so that no link breaks. */
export function RenameDialog({ team, workflow, onClose }: RenameDialogProps) {
	const formId = useId();
	const [name, setName] = useState(workflow.name);
	const [description, setDescription] = useState(workflow.description);
	const rename = useRename({ onDone: onClose, ownError: true });
	const submit = (event: FormEvent) => {
		event.preventDefault();
		rename.mutate({ team, slug: workflow.slug, name, description });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Name and description"
			foot={
				<SubmitButtons form={formId} busy={rename.isPending} disabled={name.trim() === ""} wide onCancel={onClose}>
					Save
				</SubmitButtons>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-3">
				<Field label="Name">
					{(control) => (
						<Input
							{...control}
							value={name}
							maxLength={MAX.name}
							autoComplete="off"
							onFocus={(event) => event.currentTarget.select()}
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				<Field label="Description" hint="optional" help="Stands under the name in the list.">
					{(control) => (
						<Textarea
							{...control}
							value={description}
							rows={2}
							maxLength={MAX.description}
							onChange={(event) => setDescription(event.target.value)}
						/>
					)}
				</Field>
				{rename.error && <FieldError>{errorText(rename.error)}</FieldError>}
			</form>
		</Dialog>
	);
}
