"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { slugify } from "@/server/plan/slugify";
import { TEAM_LIMITS } from "@/server/teams/team-limits";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";

/** Asks for the name of a new team, and leads into it. */
export function CreateTeamDialog({ onClose }: { onClose: () => void }) {
	const formId = useId();
	const trpc = useTRPC();
	const [name, setName] = useState("");
	// Loaded whole: the teams that this page knows of are others by then.
	const onSuccess = ({ slug }: { slug: string }) => location.assign(`/${slug}/workflows`);
	const create = useMutation({ ...trpc.teams.create.mutationOptions(), meta: { ownError: true }, onSuccess });
	const isNamed = name.trim() !== "";
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (isNamed) create.mutate({ name });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Create a team"
			description="A team has its own members, workflows and credentials."
			foot={
				<SubmitButtons
					form={formId}
					busy={create.isPending || create.isSuccess}
					disabled={!isNamed}
					wide
					onCancel={onClose}
				>
					Create
				</SubmitButtons>
			}
		>
			<form id={formId} onSubmit={submit} className="grid gap-3">
				<Field label="Name" help={describeAddress(name)}>
					{(control) => (
						<Input
							{...control}
							value={name}
							maxLength={TEAM_LIMITS.name}
							autoComplete="off"
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				{create.error && <FieldError>{errorText(create.error)}</FieldError>}
			</form>
		</Dialog>
	);
}

function describeAddress(name: string): string {
	if (name.trim() === "") return "The team’s address is made from its name.";
	return `The team’s address is …/${slugify(name, "team")}, with a number added if that is taken.`;
}
