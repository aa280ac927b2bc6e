"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";

/** Asks for the team's name before the team is deleted. */
export function DeleteTeamDialog({ onClose }: { onClose: () => void }) {
	const formId = useId();
	const { team } = useViewer();
	const trpc = useTRPC();
	const [name, setName] = useState("");
	// Loaded whole: the teams that this page knows of are others by then.
	const onSuccess = () => location.assign("/");
	const remove = useMutation({ ...trpc.teams.delete.mutationOptions(), meta: { ownError: true }, onSuccess });
	const isReady = name.trim() === team.name;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (isReady) remove.mutate({ team: team.slug, name });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Delete ${team.name}?`}
			description="Everything in the team is deleted for good, and its runs are cancelled."
			foot={
				<SubmitButtons
					form={formId}
					intent="danger"
					busy={remove.isPending || remove.isSuccess}
					disabled={!isReady}
					onCancel={onClose}
				>
					Delete the team
				</SubmitButtons>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-3">
				<Field label={`Type ${team.name} to confirm`}>
					{(control) => (
						<Input
							{...control}
							value={name}
							maxLength={200}
							autoComplete="off"
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				{remove.error && <FieldError>{errorText(remove.error)}</FieldError>}
			</form>
		</Dialog>
	);
}
