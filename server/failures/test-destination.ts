import type { z } from "zod";
import type { Database, Db } from "@/db/client";
import { newId } from "@/db/new-id";
import { getEnv } from "@/server/env";
import { announceInboxes } from "@/server/notifications/notify";
import { publicAddress } from "@/server/public-address";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import type { Actor } from "@/server/runs/events";
import type { Caller } from "@/server/teams/caller";
import { writeAudit } from "@/server/teams/write-audit";
import { composeTest } from "./compose-notice";
import { auditOf } from "./describe-destination";
import { INBOX } from "./destination-kinds";
import {
	type DestinationRow,
	destinationRefInput,
	type FailurePlace,
	lockDestination,
	requirePlace,
	targetOf,
} from "./destination-ref";
import { noticeServices } from "./notice-context";
import { sendToDestination } from "./send-to-destination";
import { tellMembers } from "./tell-members";

export const testDestinationInput = destinationRefInput;

/** What one person sends in an hour: each is a message to others. */
const TESTED = { points: 60, duration: 3_600 };

/** Sends a test message to a destination, and says what came back: null where it was taken. */
export async function testDestination(
	{ database, actor }: Caller,
	input: z.infer<typeof testDestinationInput>,
	services = noticeServices(database),
): Promise<{ problem: string | null }> {
	const place = await requirePlace(database.db, actor, input);
	const { team } = place;
	const row = await traceTest(database.db, { actor, place, id: input.id });
	const tester = actor.kind === "user" ? actor.id : actor.kind;
	await countUse(sharedLimiter(database.db, "failures-tested", TESTED), tester, "Too many test messages were sent");
	if (row.type === INBOX) return { problem: await testInbox(database, row) };
	const told = composeTest({ slug: team.slug, name: team.name }, publicAddress(`/${team.slug}`, getEnv()));
	const sent = await sendToDestination({ database, services, teamId: team.id, id: newId(), attempt: 1 }, row, told);
	return { problem: sent.isSent ? null : sent.problem };
}

/** Before anything is sent: whoever does it has left a trace. */
async function traceTest(
	db: Db,
	{ actor, place, id }: { actor: Actor; place: FailurePlace; id: string },
): Promise<DestinationRow> {
	return await db.transaction(async (tx) => {
		const row = await lockDestination(tx, place, id);
		const entry = { teamId: place.team.id, actor, target: targetOf(place), detail: auditOf(row) };
		await writeAudit(tx, { ...entry, action: "failure-destination.tested" });
		return row;
	});
}

async function testInbox({ sql }: Database, { teamId, fields }: DestinationRow): Promise<string | null> {
	const told = await sql.begin((tx) =>
		tellMembers(tx, { teamId, to: fields.to ?? "", key: `test ${newId()}`, data: { change: "test", failures: 0 } }),
	);
	announceInboxes(sql, told);
	return told.length === 0 ? NOBODY : null;
}

const NOBODY = "Nobody was told: they have left the team, or switched “Failing workflows” off in their account.";
