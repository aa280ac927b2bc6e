import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/teams";
import type { Session, Viewer } from "./viewer";

/** Whose session this is; null when the person is gone or has ended all their sessions since it began. */
export async function findViewer(
	{ db }: Pick<Database, "db">,
	{ userId, id, epoch }: { userId?: string } & Partial<Session>,
): Promise<Viewer | null> {
	if (!userId || id === undefined || epoch === undefined) return null;
	const [user] = await db
		.select({ userId: users.id, name: users.name, email: users.email, epoch: users.sessionEpoch })
		.from(users)
		.where(eq(users.id, userId));
	if (!user || user.epoch !== epoch) return null;
	return { userId: user.userId, name: user.name ?? user.email, email: user.email, session: { id, epoch } };
}
