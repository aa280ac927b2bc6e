"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2, Mail, X } from "lucide-react";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import type { Outputs } from "../trpc/types";
import { ErrorRow } from "../ui/error-row";
import { IconButton } from "../ui/icon-button";
import { TimeLeft } from "../ui/time-left";
import { showDone } from "../ui/toasts/toaster";

/** The invitations that can still be accepted; nothing where there are none. */
export function InvitationList({ team }: { team: string }) {
	const trpc = useTRPC();
	const list = useQuery(trpc.invitations.list.queryOptions({ team }));
	if (list.error && !list.data) {
		return (
			<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching} className="mt-4">
				{errorText(list.error)}
			</ErrorRow>
		);
	}
	if (!list.data || list.data.length === 0) return null;
	return (
		<>
			<h2 className="mt-8 mb-2 text-15">Open invitations</h2>
			<ul className="divide-y divide-line-soft overflow-hidden rounded-3 border border-line bg-panel shadow-1">
				{list.data.map((invitation) => (
					<InvitationRow key={invitation.id} team={team} invitation={invitation} />
				))}
			</ul>
		</>
	);
}

interface InvitationRowProps {
	team: string;
	invitation: Outputs["invitations"]["list"][number];
}

function InvitationRow({ team, invitation }: InvitationRowProps) {
	const { id, role, email, inviter, expiresAt, isMailWaiting } = invitation;
	const revoke = useRevoke();
	const Icon = email === null ? Link2 : Mail;
	const name = email ?? `Link for ${role}s`;
	return (
		<li className="flex min-h-12 items-center gap-2.5 py-1.5 pr-3 pl-4 phone:min-h-16 phone:pr-1">
			<span className="grid size-7 flex-none place-items-center rounded-full bg-fill-2 text-ink-2">
				<Icon aria-hidden="true" className="size-3.5" />
			</span>
			<span className="grid min-w-0 flex-1">
				<span className="truncate font-medium leading-[18px]" title={name}>
					{name}
				</span>
				<span className="truncate text-12 text-ink-3">
					As {role}, invited by {inviter}
					{countUses(invitation)}
					{isMailWaiting && ", its mail waits for the mail server"}, expires <TimeLeft until={expiresAt} />
				</span>
			</span>
			<IconButton
				label={`Revoke the invitation: ${name}`}
				size="panel"
				disabled={revoke.isPending}
				onClick={() => revoke.mutate({ team, id })}
			>
				<X />
			</IconButton>
		</li>
	);
}

function countUses({ uses, maxUses }: InvitationRowProps["invitation"]): string {
	return maxUses === 1 ? "" : `, ${uses} of ${maxUses} joined`;
}

function useRevoke() {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation(
		trpc.invitations.revoke.mutationOptions({
			onSuccess: () => showDone("The invitation is revoked"),
			onSettled: () => queries.invalidateQueries(trpc.invitations.pathFilter()),
		}),
	);
}
