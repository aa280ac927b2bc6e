"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { TEAM_LIMITS } from "@/server/teams/team-limits";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { useNameAndAddress } from "../ui/forms/address-field";
import { RenameForm } from "../ui/forms/rename-form";
import { showDone } from "../ui/toasts/toaster";

/** Asks how the team is called, and under which address it is found. */
export function RenameTeamDialog({ onClose }: { onClose: () => void }) {
	const { team } = useViewer();
	const named = useNameAndAddress(team, true);
	const rename = useRenameTeam(onClose);
	return (
		<RenameForm
			title="Rename the team"
			named={named}
			maxLength={TEAM_LIMITS.name}
			kept={team.slug}
			base="…/"
			busy={rename.isPending}
			error={rename.error ? errorText(rename.error) : undefined}
			onSubmit={() => rename.mutate({ team: team.slug, name: named.name, newSlug: named.slug })}
			onClose={onClose}
		/>
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
