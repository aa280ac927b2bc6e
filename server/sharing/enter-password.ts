import { z } from "zod";
import { verifyPassword } from "@/server/auth/password";
import { getMasterSecret } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import { proveVisit } from "./link-password";
import { findLink, type Visitor } from "./open-link";
import { countMiss, countPassword, countVisit } from "./visit-limits";
import { linkInput } from "./visit-run";

export const enterPasswordInput = linkInput.extend({ password: z.string().max(200) });

/** What a visitor's browser has to keep, when the password is right. Throws `invalid` when it is not. */
export async function enterPassword(
	{ database: { db }, address }: Visitor,
	{ token, password }: z.infer<typeof enterPasswordInput>,
): Promise<{ linkId: string; proof: string }> {
	await countVisit(address);
	const link = await findLink(db, token).catch(async (error: unknown) => {
		await countMiss(address);
		throw error;
	});
	const { id, passwordHash } = link;
	if (passwordHash === null) throw new WeftError("invalid", "This link needs no password. Reload the page.");
	await countPassword(db, { linkId: id, address });
	if (!(await verifyPassword(password, passwordHash))) {
		throw new WeftError("invalid", "That is not the password of this link. Ask whoever sent it.");
	}
	return { linkId: id, proof: proveVisit(getMasterSecret(), { id, passwordHash }) };
}
