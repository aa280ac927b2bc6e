import type { Sql } from "@/db/client";
import { isSealedUnder, type Keys, seal, unseal } from "@/server/credentials/seal";
import { isWrappedUnder, makeTeamKey, unwrapKey, wrapKey } from "@/server/credentials/team-key";
import { WeftError } from "@/server/errors";
import { type Reseal, sealedRows } from "./sealed-places";

type Secrets = readonly [current: string, ...previous: string[]];

interface TeamKeyRow {
	id: string;
	slug: string;
	wrappedKey: string;
	formerKeys: string[];
}

const readTeams = (sql: Sql) => sql<TeamKeyRow[]>`
	select id, slug, wrapped_key as "wrappedKey", former_keys as "formerKeys" from teams order by slug`;

/**
 * Wraps every team's keys under the current master secret; those that are wrapped so already stay. Stopped anywhere, or
 * begun twice at once, it goes on where it was. Returns how many teams had keys to wrap.
 */
export async function rewrapTeamKeys(sql: Sql, secrets: Secrets, told: (line: string) => void): Promise<number> {
	const teams = await readTeams(sql);
	const broken: string[] = [];
	let changed = 0;
	for (const [at, team] of teams.entries()) {
		const outcome = await rewrapTeam(sql, secrets, team);
		if (outcome === "unreadable") broken.push(team.slug);
		if (outcome === "changed") changed += 1;
		told(`${at + 1} of ${teams.length} teams`);
	}
	if (broken.length === 0) return changed;
	const advice = "Run it again with the secret they were saved under as WEFT_SECRET_PREVIOUS.";
	throw new WeftError("conflict", `The keys of ${broken.join(", ")} open with neither secret. ${advice}`);
}

async function rewrapTeam(sql: Sql, secrets: Secrets, team: TeamKeyRow): Promise<"same" | "changed" | "unreadable"> {
	const { id, wrappedKey, formerKeys } = team;
	const [current] = secrets;
	const all = [wrappedKey, ...formerKeys];
	if (all.every((wrapped) => isWrappedUnder(current, id, wrapped))) return "same";
	try {
		const [first = "", ...rest] = all.map((wrapped) => wrapKey(current, id, unwrapKey(secrets, id, wrapped)));
		// Somebody else who did the same, or replaced the key, was first.
		await sql`update teams set wrapped_key = ${first}, former_keys = ${rest}::text[]
			where id = ${id} and wrapped_key = ${wrappedKey} and former_keys = ${formerKeys}::text[]`;
		return "changed";
	} catch (error) {
		if (error instanceof WeftError) return "unreadable";
		throw error;
	}
}

/**
 * Gives a team a new data key, unless one is being replaced at the moment. What is sealed from now on is sealed under it;
 * `resealTeam` does the rest, and until then the former key opens what it sealed.
 */
export async function replaceTeamKey(sql: Sql, secret: string, slug: string): Promise<"replaced" | "under way"> {
	const [team] = await sql<{ id: string; formerKeys: string[] }[]>`
		select id, former_keys as "formerKeys" from teams where slug = ${slug}`;
	if (!team) throw new WeftError("not_found", `There is no team ${slug}. Its address says what it is called: /team/…`);
	const { count } = await sql`
		update teams set wrapped_key = ${makeTeamKey(secret, team.id)}, former_keys = array[wrapped_key], key_replaced_at = now()
		where id = ${team.id} and former_keys = '{}'`;
	return count === 1 ? "replaced" : "under way";
}

/** How long a step under way may hold a key that it has read: only after that a former one is forgotten. */
const GRACE = "1 hour";
const TELL_EVERY = 500;

/**
 * Seals everything of a team that stands under a former key under the current one, and forgets the former one once no step
 * can hold it any more. Whatever changes meanwhile is left alone. Returns whether the former key is gone.
 */
export async function resealTeam(
	sql: Sql,
	secrets: Secrets,
	{ slug, told }: { slug: string; told: (line: string) => void },
): Promise<boolean> {
	const [team] = await sql<TeamKeyRow[]>`
		select id, slug, wrapped_key as "wrappedKey", former_keys as "formerKeys" from teams where slug = ${slug}`;
	if (!team || team.formerKeys.length === 0) return true;
	const { id, wrappedKey, formerKeys } = team;
	const former = formerKeys.map((wrapped) => unwrapKey(secrets, id, wrapped));
	const reseal = createReseal([unwrapKey(secrets, id, wrappedKey), ...former]);
	let seen = 0;
	let changed = 0;
	for await (const row of sealedRows(sql, id)) {
		const writing = row(reseal);
		if (writing) changed += 1;
		await writing;
		seen += 1;
		if (seen % TELL_EVERY === 0) told(`${slug}: ${changed} of ${seen} values sealed anew`);
	}
	told(`${slug}: ${changed} of ${seen} values sealed anew`);
	const { count } = await sql`
		update teams set former_keys = '{}'
		where id = ${id} and wrapped_key = ${wrappedKey} and key_replaced_at < now() - ${GRACE}::interval`;
	return count === 1;
}

/** What opens with no key stays as it is: nobody could read it before, either. */
function createReseal(keys: Keys): Reseal {
	const [current] = keys;
	return (sealed, boundTo) => {
		if (isSealedUnder(current, sealed, boundTo)) return undefined;
		try {
			return seal(keys, unseal(keys, sealed, boundTo), boundTo);
		} catch {
			return undefined;
		}
	};
}

/** The teams whose keys are being replaced. */
export async function listUnfinished(sql: Sql): Promise<string[]> {
	const rows = await sql<{ slug: string }[]>`select slug from teams where former_keys <> '{}' order by slug`;
	return rows.map(({ slug }) => slug);
}
