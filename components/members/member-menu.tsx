"use client";

import { Ellipsis, LogOut, UserMinus } from "lucide-react";
import { GuardedMenuItem } from "../ui/guarded-menu-item";
import { IconButton } from "../ui/icon-button";
import { Menu } from "../ui/menu";
import type { Member } from "./member";
import { useWhyNotChange } from "./use-why-not-change";

interface MemberMenuProps {
	member: Member;
	isViewer: boolean;
	isLastOwner: boolean;
	onEnd: () => void;
}

export function MemberMenu({ member, isViewer, isLastOwner, onEnd }: MemberMenuProps) {
	const whyNotRemove = useWhyNotChange(member, isLastOwner);
	return (
		<Menu
			trigger={
				<IconButton label={`More about ${member.name}`} size="panel">
					<Ellipsis />
				</IconButton>
			}
		>
			<GuardedMenuItem danger whyNot={isViewer ? undefined : whyNotRemove} onSelect={onEnd}>
				{isViewer ? <LogOut /> : <UserMinus />}
				{isViewer ? "Leave the team" : "Remove from the team"}
			</GuardedMenuItem>
		</Menu>
	);
}
