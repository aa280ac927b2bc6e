import { and, eq, ne } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { memberships, users } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import type { Role } from "./permissions";

export interface Member {
	userId: string;
	name: string;
	role: Role;
}

/** A member of the team. Call it under the team's lock, so that the role stays what it is. */
export async function requireTeammate(tx: DbTransaction, teamId: string, userId: string): Promise<Member> {
	const [row] = await tx
		.select({ userId: users.id, name: users.name, email: users.email, role: memberships.role })
		.from(memberships)
		.innerJoin(users, eq(users.id, memberships.userId))
		.where(and(eq(memberships.teamId, teamId), eq(memberships.userId, userId)));
	if (!row) throw new WeftError("not_found", "This person is not in the team. They may have left.");
	return { userId: row.userId, name: row.name ?? row.email, role: row.role };
}

/** Throws `conflict` when nobody but this person owns the team. Call it under the team's lock. */
export async function requireAnotherOwner(tx: DbTransaction, teamId: string, userId: string): Promise<void> {
	const others = await tx.$count(
		memberships,
		and(eq(memberships.teamId, teamId), eq(memberships.role, "owner"), ne(memberships.userId, userId)),
	);
	if (others === 0) throw new WeftError("conflict", "A team needs an owner. Make somebody else an owner first.");
}
