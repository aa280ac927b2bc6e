"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";

interface TeamDialogProps {
	team: string;
	kind: "create" | "delete";
	onClose: () => void;
}

/** Asks for the name of a new team, or for the name of this one before it is deleted. */
export function TeamDialog({ team, kind, onClose }: TeamDialogProps) {
	const formId = useId();
	const { team: viewed } = useViewer();
	const [name, setName] = useState("");
	const { send, busy, error } = useTeamVerb(team, kind);
	const isDelete = kind === "delete";
	const isReady = isDelete ? name.trim() === viewed.name : name.trim() !== "";
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (isReady) send(name);
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={isDelete ? `Delete ${viewed.name}?` : "Create a team"}
			description={isDelete ? "Everything in it goes for good, and what runs stops." : undefined}
			foot={
				<span className="ml-auto flex gap-2">
					<Button intent="ghost" size="form" onClick={onClose}>
						Cancel
					</Button>
					<Button
						type="submit"
						form={formId}
						intent={isDelete ? "danger" : "primary"}
						size="form"
						busy={busy}
						disabled={!isReady}
					>
						{isDelete ? "Delete the team" : "Create"}
					</Button>
				</span>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-3">
				<Field label={isDelete ? `Type ${viewed.name} to confirm` : "Name"}>
					{(control) => (
						<Input
							{...control}
							value={name}
							maxLength={isDelete ? 200 : 80}
							autoComplete="off"
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				{error && <FieldError>{errorText(error)}</FieldError>}
			</form>
		</Dialog>
	);
}

/** Both lead to another page, loaded whole: the teams that this one knows of are others by then. */
function useTeamVerb(team: string, kind: "create" | "delete") {
	const trpc = useTRPC();
	const meta = { ownError: true };
	const create = useMutation({
		...trpc.teams.create.mutationOptions(),
		meta,
		onSuccess: ({ slug }) => location.assign(`/${slug}/workflows`),
	});
	const remove = useMutation({ ...trpc.teams.delete.mutationOptions(), meta, onSuccess: () => location.assign("/") });
	const verb = kind === "create" ? create : remove;
	return {
		send: (name: string) => (kind === "create" ? create.mutate({ name }) : remove.mutate({ team, name })),
		busy: verb.isPending || verb.isSuccess,
		error: verb.error,
	};
}
