"use client";

import { type FormEvent, useId, useState } from "react";
import { WORKFLOW_LIMITS } from "@/server/plan/workflow-limits";
import { useWhyNot } from "../shell/why-not";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { AddressField, useNameAndAddress } from "../ui/forms/address-field";
import { Field, FieldError } from "../ui/forms/field";
import { Input, Textarea } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { useRename } from "./use-rename";

interface RenameDialogProps {
	team: string;
	workflow: { slug: string; name: string; description: string };
	onClose: () => void;
}

/** Asks how a workflow is called, what it is for, and under which address. Links with the old address keep working. */
export function RenameDialog({ team, workflow, onClose }: RenameDialogProps) {
	const formId = useId();
	const { name, setName, address, setAddress, slug } = useNameAndAddress(workflow);
	const [description, setDescription] = useState(workflow.description);
	const whyNot = useWhyNot("workflow:edit");
	const rename = useRename({ onDone: onClose, ownError: true });
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (whyNot === undefined) rename.mutate({ team, slug: workflow.slug, name, description, newSlug: slug });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Name, description and address"
			foot={
				<SubmitButtons
					form={formId}
					busy={rename.isPending}
					disabled={name.trim() === "" || slug === ""}
					wide
					whyNot={whyNot}
					onCancel={onClose}
				>
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
							maxLength={WORKFLOW_LIMITS.name}
							autoComplete="off"
							onFocus={(event) => event.currentTarget.select()}
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				<Field label="Description" hint="optional" help="Shown under the name in the list.">
					{(control) => (
						<Textarea
							{...control}
							value={description}
							rows={2}
							maxLength={WORKFLOW_LIMITS.description}
							onChange={(event) => setDescription(event.target.value)}
						/>
					)}
				</Field>
				<AddressField value={address} kept={workflow.slug} base={`…/${team}/workflows/`} onChange={setAddress} />
				{rename.error && <FieldError>{errorText(rename.error)}</FieldError>}
			</form>
		</Dialog>
	);
}
