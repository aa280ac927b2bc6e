import { z } from "zod";
import { defineKind } from "../notification-kind";

export const invitation = defineKind({
	title: "Invitations",
	description: "Somebody invites you to a team.",
	icon: "user-round-plus",
	data: z.object({ invitationId: z.string(), inviter: z.string(), role: z.string() }),
	settled: "Used, revoked or expired",
	isCounted: false,
	isForStrangers: true,
	// The invitation itself is mailed already.
	isMailed: false,
	mailAfterSeconds: 60,
	describe: ({ data, team }) => `${data.inviter} invites you to the team ${team.name} as ${data.role}`,
	excerpt: ({ isAddressVerified }) => (isAddressVerified ? undefined : "To join, open the link that was sent to you."),
	// Whoever only says that an address is theirs needs the link that was sent to it.
	path: ({ data, isAddressVerified }) => (isAddressVerified ? `/join/${data.invitationId}` : null),
});
