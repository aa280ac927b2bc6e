import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { deriveKey, deriveKeys, type MasterSecrets } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import { isSealedUnder, type Keys, seal, unseal } from "./seal";

/** A new team's data key, wrapped by the master key and bound to the team. */
export function makeTeamKey(secret: string, teamId: string): string {
	return wrapKey(secret, teamId, randomBytes(32));
}

export function wrapKey(secret: string, teamId: string, key: Buffer): string {
	return seal([deriveKey(secret, "team keys")], key, boundTo(teamId));
}

export function isWrappedUnder(secret: string, teamId: string, wrapped: string): boolean {
	return isSealedUnder(deriveKey(secret, "team keys"), wrapped, boundTo(teamId));
}

/** Opens a wrapped key with whichever of the master secrets it was wrapped under. Throws `WeftError` if with none. */
export function unwrapKey(secrets: MasterSecrets, teamId: string, wrapped: string): Buffer {
	try {
		return unseal(deriveKeys(secrets, "team keys"), wrapped, boundTo(teamId));
	} catch (cause) {
		throw new WeftError(
			"unavailable",
			"This team's credentials were saved under another WEFT_SECRET. Start Weft with that secret again, set it as WEFT_SECRET_PREVIOUS, or save them anew.",
			{ cause },
		);
	}
}

/** The team's data key, with the former ones while what they sealed is being sealed anew. */
export async function openTeamKey(db: DbLike, secrets: MasterSecrets, teamId: string): Promise<Keys> {
	const [team] = await db
		.select({ wrappedKey: teams.wrappedKey, formerKeys: teams.formerKeys })
		.from(teams)
		.where(eq(teams.id, teamId));
	if (!team) throw new WeftError("not_found", "There is no such team.");
	const former = team.formerKeys.map((wrapped) => unwrapKey(secrets, teamId, wrapped));
	return [unwrapKey(secrets, teamId, team.wrappedKey), ...former];
}

function boundTo(teamId: string): string {
	return `team ${teamId}`;
}
