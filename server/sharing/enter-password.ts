import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { verifyPassword } from "@/server/auth/password";
import { getMasterSecrets } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import { proveVisit } from "./link-password";
import { findLink, type Visitor } from "./open-link";
import { countMiss, countPassword, countVisit, countWrongPassword } from "./visit-limits";
import { linkInput } from "./visit-run";

export const enterPasswordInput = linkInput.extend({ password: z.string().max(200) });

/**
 * What a visitor's browser has to keep, when the password is right. Throws `invalid` when it is not.
 * @param pause waits for so many milliseconds: the more guesses a link has had, the later it answers
 */
export async function enterPassword(
	{ database: { db }, address }: Visitor,
	{ token, password }: z.infer<typeof enterPasswordInput>,
	pause: (ms: number) => Promise<unknown> = wait,
): Promise<{ linkId: string; proof: string }> {
	await countVisit(address);
	const link = await findLink(db, token).catch(async (error: unknown) => {
		await countMiss(address);
		throw error;
	});
	const { id, passwordHash } = link;
	if (passwordHash === null) throw new WeftError("invalid", "This link needs no password. Reload the page.");
	await pause(await countPassword(db, { linkId: id, address }));
	if (!(await verifyPassword(password, passwordHash))) {
		await countWrongPassword(db, id);
		throw new WeftError("invalid", "That is not the password of this link. Ask the person who sent the link.");
	}
	return { linkId: id, proof: proveVisit(getMasterSecrets(), { id, passwordHash }) };
}
