import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { deriveKey } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import { seal, unseal } from "./seal";

/** A new team's data key, wrapped by the master key and bound to the team. */
export function makeTeamKey(secret: string, teamId: string): string {
	return seal(deriveKey(secret, "team keys"), randomBytes(32), boundTo(teamId));
}

export async function openTeamKey(db: DbLike, secret: string, teamId: string): Promise<Buffer> {
	const [team] = await db.select({ wrappedKey: teams.wrappedKey }).from(teams).where(eq(teams.id, teamId));
	if (!team) throw new WeftError("not_found", "There is no such team.");
	try {
		return unseal(deriveKey(secret, "team keys"), team.wrappedKey, boundTo(teamId));
	} catch (cause) {
		throw new WeftError(
			"unavailable",
			"This team's credentials were saved under another WEFT_SECRET. Start Weft with that secret again, or save them anew.",
			{ cause },
		);
	}
}

function boundTo(teamId: string): string {
	return `team ${teamId}`;
}
