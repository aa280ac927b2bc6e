import { and, desc, eq, gt, sql } from "drizzle-orm";
import { sessions } from "@/db/schema/teams";
import { DEMO_EMAIL } from "@/server/auth/demo-user";
import { SESSION_DAYS } from "@/server/auth/sessions";
import type { Caller } from "@/server/teams/caller";
import { describeDevice } from "./describe-device";
import { requireAccount } from "./require-account";

const MAX_LISTED = 100;

/** Where whoever calls is signed in, this session first. The demo user is many people, and sees their own alone. */
export async function listSessions(caller: Caller) {
	const { db } = caller.database;
	const user = await requireAccount(db, caller);
	const current = caller.session?.id ?? "";
	const rows = await db
		.select()
		.from(sessions)
		.where(
			and(
				eq(sessions.userId, user.id),
				gt(sessions.lastSeenAt, sql`now() - make_interval(days => ${SESSION_DAYS})`),
				user.email === DEMO_EMAIL ? eq(sessions.id, current) : undefined,
			),
		)
		.orderBy(desc(eq(sessions.id, current)), desc(sessions.lastSeenAt))
		.limit(MAX_LISTED);
	return rows.map(({ id, userAgent, address, createdAt, lastSeenAt }) => ({
		...{ id, address, createdAt, lastSeenAt },
		device: describeDevice(userAgent),
		isCurrent: id === current,
	}));
}
