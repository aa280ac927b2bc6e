"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { isAtLeast, isRole, mayGive, ROLE_LADDER, type Role } from "@/server/teams/permissions";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { GuardedButton } from "../ui/guarded";
import { Menu, MenuChoices } from "../ui/menu";
import { showDone } from "../ui/toasts/toaster";
import { capitalize } from "./capitalize";
import type { Member } from "./member";
import { useWhyNotChange } from "./use-why-not-change";

interface RoleMenuProps {
	team: string;
	member: Member;
	isViewer: boolean;
	isLastOwner: boolean;
}

/** A member's role; for those who may change it, also the roles they can give. */
export function RoleMenu({ team, member, isViewer, isLastOwner }: RoleMenuProps) {
	const { team: viewed } = useViewer();
	const whyNot = useWhyNotChange(member, isLastOwner);
	const [lowering, setLowering] = useState<Role | null>(null);
	const { change, busy } = useChangeRole(team, member);
	const label = `Role of ${member.name}: ${member.role}`;
	if (whyNot !== undefined) {
		return (
			<GuardedButton intent="ghost" className="-ml-2.5 aria-disabled:text-ink-2" aria-label={label} whyNot={whyNot}>
				{capitalize(member.role)}
			</GuardedButton>
		);
	}
	const choose = (role: string) => {
		if (!isRole(role) || role === member.role) return;
		if (isViewer && !isAtLeast(role, member.role)) setLowering(role);
		else change(role);
	};
	return (
		<>
			<Menu
				align="start"
				trigger={
					<Button intent="ghost" className="-ml-2.5 text-ink" aria-label={label} busy={busy}>
						{capitalize(member.role)}
						<ChevronDown />
					</Button>
				}
			>
				<MenuChoices
					label={`Role of ${member.name}`}
					value={member.role}
					onChange={choose}
					options={ROLE_LADDER.filter((role) => mayGive(viewed.role, role)).map((role) => ({
						value: role,
						label: capitalize(role),
					}))}
				/>
			</Menu>
			<ConfirmDialog
				open={lowering !== null}
				onOpenChange={(open) => open || setLowering(null)}
				title={`Become ${lowering ?? ""} yourself?`}
				action={`Become ${lowering ?? ""}`}
				danger
				onConfirm={() => {
					setLowering(null);
					if (lowering) change(lowering);
				}}
			>
				You cannot undo this: somebody else would have to give you the role of {member.role} again.
			</ConfirmDialog>
		</>
	);
}

function useChangeRole(team: string, { userId, name }: Member) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const { mutate, isPending } = useMutation(
		trpc.members.changeRole.mutationOptions({
			onSuccess: (_, { role }) => showDone(`${name} is now ${role}`),
			onSettled: async () => {
				await queries.invalidateQueries(trpc.members.pathFilter());
				await queries.invalidateQueries(trpc.viewer.me.queryFilter());
			},
		}),
	);
	return { change: (role: Role) => mutate({ team, userId, role }), busy: isPending };
}
