import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { credentials, formerCredentialValues } from "@/db/schema/teams";
import { openKnownValues } from "@/server/credentials/open-credentials";
import { WeftError } from "@/server/errors";
import { createRedact } from "@/server/execution/secrets/redact-secrets";
import type { Actor } from "@/server/runs/events";
import { COMMENT_LIMITS } from "./comment-ref";
import { findPeople } from "./find-people";
import { type Mention, writeMentions } from "./mention-text";

interface Place {
	teamId: string;
	runId: string;
	actor: Actor;
}

/** A person's comment as it is stored: without values of credentials, and with those it mentions by their ids. */
export async function prepareText(
	database: Pick<Database, "db">,
	place: Place,
	text: string,
): Promise<{ text: string; mentions: Mention[] }> {
	const shown = await hideSecrets(database, place, text);
	const written = writeMentions(shown, await findPeople(database.db, place.teamId));
	if (written.mentions.length > COMMENT_LIMITS.mentions) {
		throw new WeftError(
			"invalid",
			`A comment can mention at most ${COMMENT_LIMITS.mentions} people. Remove some of them.`,
		);
	}
	return written;
}

/** The team's credentials, those of whoever writes, and those of whoever started the run. */
async function hideSecrets(database: Pick<Database, "db">, { teamId, runId, actor }: Place, text: string) {
	const { db } = database;
	const names = await db
		.select({ name: credentials.name })
		.from(credentials)
		.where(eq(credentials.teamId, teamId))
		.union(
			db
				.select({ name: formerCredentialValues.name })
				.from(formerCredentialValues)
				.where(eq(formerCredentialValues.teamId, teamId)),
		);
	const [run] = await db.select({ actor: runs.actor }).from(runs).where(eq(runs.id, runId));
	const readers = [actor, ...(run ? [run.actor] : [])];
	const references = names.map(({ name }) => name);
	const values = await Promise.all(
		readers.map((reader) => openKnownValues(database, { teamId, actor: reader }, references)),
	);
	return createRedact(values.flat())(text);
}
