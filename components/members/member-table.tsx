"use client";

import Link from "next/link";
import { useState } from "react";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { Avatar } from "../ui/avatar";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { Dialog } from "../ui/dialog";
import { RelativeTime } from "../ui/relative-time";
import { Cell, HeadCell, Row, Table } from "../ui/table";
import type { Member } from "./member";
import { MemberMenu } from "./member-menu";
import { RoleMenu } from "./role-menu";
import { useEndMembership } from "./use-end-membership";

interface MemberTableProps {
	team: string;
	members: readonly Member[];
}

export function MemberTable({ team, members }: MemberTableProps) {
	const { user } = useViewer();
	const [leaving, setLeaving] = useState<Member | null>(null);
	const lastOwner = onlyOwner(members);
	return (
		<>
			<Table>
				<thead>
					<tr className="[&>th]:bg-sunken">
						<HeadCell className="first:pl-4 phone:first:pl-3">Name</HeadCell>
						<HeadCell className="w-[148px] phone:w-[108px]">Role</HeadCell>
						<HeadCell className="w-[132px] phone:hidden">Joined</HeadCell>
						<HeadCell className="w-14 phone:w-12">
							<span className="sr-only">Actions</span>
						</HeadCell>
					</tr>
				</thead>
				<tbody className="[&>tr:last-child>td]:border-b-0">
					{members.map((member) => (
						<MemberRow
							key={member.userId}
							team={team}
							member={member}
							isViewer={member.userId === user.id}
							isLastOwner={member === lastOwner}
							onEnd={() => setLeaving(member)}
						/>
					))}
				</tbody>
			</Table>
			{leaving === lastOwner && leaving?.userId === user.id && (
				<LastOwnerDialog team={team} isAlone={members.length === 1} onClose={() => setLeaving(null)} />
			)}
			{leaving && leaving !== lastOwner && (
				<EndDialog
					team={team}
					member={leaving}
					isViewer={leaving.userId === user.id}
					onClose={() => setLeaving(null)}
				/>
			)}
		</>
	);
}

function onlyOwner(members: readonly Member[]): Member | undefined {
	const owners = members.filter(({ role }) => role === "owner");
	return owners.length === 1 ? owners[0] : undefined;
}

interface MemberRowProps {
	team: string;
	member: Member;
	isViewer: boolean;
	isLastOwner: boolean;
	onEnd: () => void;
}

function MemberRow({ team, member, isViewer, isLastOwner, onEnd }: MemberRowProps) {
	const { name, email, joinedAt } = member;
	return (
		<Row className="hover:bg-transparent">
			<Cell tall className="first:pl-4 phone:h-16 phone:pr-0 phone:first:pl-3">
				<span className="flex items-center gap-2.5">
					<Avatar name={name} size="large" />
					<span className="grid min-w-0">
						<span className="flex min-w-0 items-center gap-2">
							<span className="truncate font-medium leading-[18px]" title={name}>
								{name}
							</span>
							{isViewer && <Chip className="h-[18px]">you</Chip>}
						</span>
						<span className="truncate text-12 text-ink-3" title={email}>
							{email}
						</span>
					</span>
				</span>
			</Cell>
			<Cell tall className="overflow-visible">
				<RoleMenu team={team} member={member} isViewer={isViewer} isLastOwner={isLastOwner} />
			</Cell>
			<Cell tall className="text-ink-2 phone:hidden">
				<RelativeTime at={joinedAt} />
			</Cell>
			<Cell tall className="text-right last:pr-3 phone:pl-0 phone:last:pr-0.5">
				<MemberMenu member={member} isViewer={isViewer} isLastOwner={isLastOwner} onEnd={onEnd} />
			</Cell>
		</Row>
	);
}

interface LastOwnerDialogProps {
	team: string;
	/** Nobody else is in the team. */
	isAlone: boolean;
	onClose: () => void;
}

/** In place of leaving, for the only owner: what to do first. */
function LastOwnerDialog({ team, isAlone, onClose }: LastOwnerDialogProps) {
	const { team: viewed } = useViewer();
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`You are the only owner of ${viewed.name}`}
			foot={
				<span className="ml-auto flex gap-2">
					<Button asChild size="form">
						<Link href={`/${team}/settings/general`}>Delete the team</Link>
					</Button>
					<Button intent="primary" size="form" onClick={onClose}>
						{isAlone ? "Back to the members" : "Choose an owner"}
					</Button>
				</span>
			}
		>
			<p className="pb-4 text-ink-2">
				{isAlone
					? "Nobody else is in it. Delete the team, or invite somebody and make them an owner."
					: "A team needs an owner. Make somebody else an owner in the list of members, or delete the team."}
			</p>
		</Dialog>
	);
}

interface EndDialogProps {
	team: string;
	member: Member;
	isViewer: boolean;
	onClose: () => void;
}

function EndDialog({ team, member, isViewer, onClose }: EndDialogProps) {
	const { team: viewed } = useViewer();
	const whyNot = useWhyNot("member:manage");
	const { end, busy } = useEndMembership({ team, member, isViewer, onClose });
	return (
		<ConfirmDialog
			open
			onOpenChange={(open) => open || onClose()}
			title={isViewer ? `Leave ${viewed.name}?` : `Remove ${member.name}?`}
			action={isViewer ? "Leave team" : "Remove member"}
			danger
			busy={busy}
			whyNot={isViewer ? undefined : whyNot}
			onConfirm={end}
		>
			{isViewer ? "You" : "They"} see nothing of the team from then on. What {isViewer ? "you" : "they"} made stays, and
			an invitation brings {isViewer ? "you" : "them"} back.
		</ConfirmDialog>
	);
}
