import { eq, sql } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { users } from "@/db/schema/teams";
import { announceInbox, notify } from "./notify";

interface ToldTemplate {
	id: string;
	teamId: string;
	slug: string;
	name: string;
	version: number;
}

/** Tells those who administer the instance that a version waits for them, in the transaction that publishes it. */
export async function notifyReviewers(tx: DbTransaction, template: ToldTemplate): Promise<void> {
	const { id: templateId, teamId, slug, name, version } = template;
	const administrators = await tx.select({ id: users.id }).from(users).where(eq(users.isAdministrator, true));
	await notify(tx, {
		...{ kind: "template-review", teamId, key: keyOf(template) },
		recipients: administrators.map(({ id }) => id),
		data: { templateId, slug, name, version },
	});
}

interface Verdict {
	verdict: "approved" | "declined";
	/** Who published the version; null once their account is gone. */
	publishedBy: string | null;
}

/** Tells whoever published a version what became of it, and the administrators that it waits no more. */
export async function notifyPublisher(tx: DbTransaction, template: ToldTemplate, verdict: Verdict): Promise<void> {
	const { teamId, slug, name, version } = template;
	if (verdict.publishedBy !== null)
		await notify(tx, {
			...{ kind: "template-decision", teamId, key: keyOf(template) },
			recipients: [verdict.publishedBy],
			data: { slug, name, version, verdict: verdict.verdict },
		});
	await announceReviewers(tx, template);
}

/** Has the inboxes of those who were asked read again: what waited waits no more. */
export async function announceReviewers(tx: DbTransaction, { id }: Pick<ToldTemplate, "id">): Promise<void> {
	const told = await tx.execute<{ userId: string }>(sql`
		select distinct user_id as "userId" from notifications
		where kind = 'template-review' and data->>'templateId' = ${id} and read_at is null`);
	for (const { userId } of told) await announceInbox(tx, userId);
}

function keyOf({ id, version }: ToldTemplate): string {
	return `${id} ${version}`;
}
