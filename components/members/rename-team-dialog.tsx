"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { TEAM_LIMITS } from "@/server/teams/team-limits";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Dialog } from "../ui/dialog";
import { AddressField, useNameAndAddress } from "../ui/forms/address-field";
import { Field, FieldError } from "../ui/forms/field";
import { Input } from "../ui/forms/input";
import { SubmitButtons } from "../ui/forms/submit-buttons";
import { showDone } from "../ui/toasts/toaster";

/** Asks how the team is called, and under which address it is found. */
export function RenameTeamDialog({ onClose }: { onClose: () => void }) {
	const formId = useId();
	const { team } = useViewer();
	const { name, setName, address, setAddress, slug } = useNameAndAddress(team, true);
	const rename = useRenameTeam(onClose);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		rename.mutate({ team: team.slug, name, newSlug: slug });
	};
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title="Rename the team"
			foot={
				<SubmitButtons
					form={formId}
					busy={rename.isPending}
					disabled={name.trim() === "" || slug === ""}
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
							maxLength={TEAM_LIMITS.name}
							autoComplete="off"
							onFocus={(event) => event.currentTarget.select()}
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				<AddressField value={address} kept={team.slug} base="…/" onChange={setAddress} />
				{rename.error && <FieldError>{errorText(rename.error)}</FieldError>}
			</form>
		</Dialog>
	);
}

function useRenameTeam(onDone: () => void) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.teams.rename.mutationOptions(),
		meta: { ownError: true },
		onSuccess: async ({ name }) => {
			await queries.invalidateQueries(trpc.viewer.me.queryFilter());
			showDone(`The team is now called ${name}`);
			onDone();
		},
	});
}
