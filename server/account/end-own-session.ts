import { z } from "zod";
import { endSession, endSessions } from "@/server/auth/sessions";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireOwnAccount } from "./require-account";

export const endOwnSessionInput = z.object({ id: z.string().min(1).max(64) });

/** Signs one browser of whoever calls out. */
export async function endOwnSession(caller: Caller, { id }: z.infer<typeof endOwnSessionInput>): Promise<void> {
	const { db } = caller.database;
	const user = await requireOwnAccount(db, caller);
	const ended = await endSession(db, id, user.id);
	if (ended === 0) throw new WeftError("not_found", "That session has ended already.");
}

/** Signs all other browsers of whoever calls out. */
export async function endOtherSessions(caller: Caller): Promise<{ ended: number }> {
	const { db } = caller.database;
	const user = await requireOwnAccount(db, caller);
	return { ended: await endSessions(db, user.id, caller.session?.id) };
}
