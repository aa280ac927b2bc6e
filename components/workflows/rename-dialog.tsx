"use client";

import { type FormEvent, useId, useState } from "react";
import { WORKFLOW_LIMITS } from "@/server/plan/workflow-limits";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
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
	const [name, setName] = useState(workflow.name);
	const [description, setDescription] = useState(workflow.description);
	const [address, setAddress] = useState(workflow.slug);
	const rename = useRename({ onDone: onClose, ownError: true });
	const submit = (event: FormEvent) => {
		event.preventDefault();
		rename.mutate({ team, slug: workflow.slug, name, description, newSlug: address.replace(/-$/, "") });
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
					disabled={name.trim() === "" || address === ""}
					wide
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
				<Field label="Address" help={`…/${team}/workflows/${address}. Links with the old address keep working.`}>
					{(control) => (
						<Input
							{...control}
							value={address}
							maxLength={WORKFLOW_LIMITS.slug}
							autoComplete="off"
							autoCapitalize="none"
							spellCheck={false}
							onChange={(event) => setAddress(toAddress(event.target.value))}
						/>
					)}
				</Field>
				{rename.error && <FieldError>{errorText(rename.error)}</FieldError>}
			</form>
		</Dialog>
	);
}

/** What is typed becomes an address as it is typed: `Nightly backup` is `nightly-backup`. */
function toAddress(typed: string): string {
	return typed
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-/, "");
}
