import { and, eq, isNull } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { hooks } from "@/db/schema/triggers";
import { hashToken, newToken } from "@/server/auth/secret-token";
import { seal } from "@/server/credentials/seal";
import { openTeamKey } from "@/server/credentials/team-key";
import { getMasterSecrets } from "@/server/derive-key";
import type { HookPlace } from "../../trigger-definition";
import { hookBinding } from "./hook-binding";

interface Placed {
	teamId: string;
	workflowId: string;
	place: HookPlace;
}

/** The address of a trigger, made when there is none: its own, or the one that triggers of the team share. Returns its id. */
export async function ensureHook(tx: DbTransaction, { teamId, workflowId, place }: Placed): Promise<string> {
	const { key } = place;
	const owner = place.isShared ? null : workflowId;
	const named = and(
		eq(hooks.teamId, teamId),
		owner === null ? isNull(hooks.workflowId) : eq(hooks.workflowId, owner),
		eq(hooks.key, key),
	);
	const find = async () => (await tx.select({ id: hooks.id }).from(hooks).where(named))[0]?.id;
	const known = await find();
	if (known !== undefined) return known;
	const id = newId();
	const { hash, sealed } = await makeToken(tx, { id, teamId });
	await tx
		.insert(hooks)
		.values({ id, teamId, workflowId: owner, key, tokenHash: hash, sealed })
		.onConflictDoNothing({ target: [hooks.teamId, hooks.workflowId, hooks.key] });
	// Whoever published another trigger of a shared address at the same time may have been first.
	return (await find()) ?? id;
}

/** A token that nobody guesses: what finds it, and what shows it again. */
export async function makeToken(
	tx: DbTransaction,
	{ id, teamId }: { id: string; teamId: string },
): Promise<{ hash: string; sealed: string }> {
	const token = newToken();
	const keys = await openTeamKey(tx, getMasterSecrets(), teamId);
	return { hash: hashToken(token), sealed: seal(keys, Buffer.from(token), hookBinding(id)) };
}
