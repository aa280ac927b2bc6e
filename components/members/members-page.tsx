"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { SettingsFrame } from "../settings/settings-frame";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { ErrorRow } from "../ui/error-row";
import { GuardedButton } from "../ui/guarded";
import { SkeletonRows } from "../ui/skeleton";
import { InvitationList } from "./invitation-list";
import { InviteDialog } from "./invite-dialog";
import { MemberTable } from "./member-table";
import { RoleTable } from "./role-table";

/** Others join, leave and change roles meanwhile. */
const REFRESH_MS = 10_000;

/** Who is in a team, and what each role may do. */
export function MembersPage({ team }: { team: string }) {
	const trpc = useTRPC();
	const list = useQuery(trpc.members.list.queryOptions({ team }, { refetchInterval: REFRESH_MS }));
	const whyNotInvite = useWhyNot("member:manage");
	const [inviting, setInviting] = useState(false);
	return (
		<SettingsFrame page="Members">
			<div className="mb-4 flex items-end gap-4 phone:flex-col phone:items-stretch">
				<div className="min-w-0 flex-1">
					<h2 className="text-20 tracking-[-0.012em]">Members</h2>
					<p className="text-ink-2">{countPeople(list.data?.length)}Role changes take effect at once.</p>
				</div>
				<GuardedButton intent="primary" size="form" whyNot={whyNotInvite} onClick={() => setInviting(true)}>
					<UserPlus />
					Invite people
				</GuardedButton>
			</div>
			<div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">
				{list.data ? (
					<MemberTable team={team} members={list.data} />
				) : list.error ? (
					<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
						{errorText(list.error)}
					</ErrorRow>
				) : (
					<SkeletonRows rows={3} rowClassName="h-12" label="Loading the members" />
				)}
			</div>
			{whyNotInvite === undefined && <InvitationList team={team} />}
			{inviting && <InviteDialog team={team} onClose={() => setInviting(false)} />}
			<h2 className="mt-8 mb-2 text-15">What each role can do</h2>
			<RoleTable />
		</SettingsFrame>
	);
}

function countPeople(count: number | undefined): string {
	if (count === undefined) return "";
	return count === 1 ? "One person. " : `${count} people. `;
}
