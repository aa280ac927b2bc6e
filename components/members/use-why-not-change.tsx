"use client";

import type { ReactNode } from "react";
import { mayGive } from "@/server/teams/permissions";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import type { Member } from "./member";

const LAST_OWNER = "A team needs an owner. Make somebody else an owner first.";

/** Why the viewer may not change a member's role, or remove them; undefined when they may. */
export function useWhyNotChange(member: Member, isLastOwner: boolean): ReactNode | undefined {
	const { team } = useViewer();
	const whyNot = useWhyNot("member:manage");
	if (whyNot !== undefined) return whyNot;
	if (!mayGive(team.role, member.role))
		return `Your role in this team is ${team.role}. Only an owner changes an owner.`;
	return isLastOwner ? LAST_OWNER : undefined;
}
