import { ADDRESS_LINK_HOURS, addressLinkPath, makeAddressToken } from "@/server/auth/address-links";
import { countAddressLink } from "@/server/auth/sign-in-limits";
import { getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { getMailer, type SendMail } from "@/server/mail/mailer";
import { logError } from "@/server/observability/log-error";
import { publicAddress } from "@/server/public-address";
import type { Caller } from "@/server/teams/caller";
import { requireOwnAccount } from "./require-account";

/** Mails the caller a link by which they verify that the address of their account is theirs. */
export async function mailAddressLink(caller: Caller, send: SendMail | undefined = getMailer()): Promise<void> {
	const { db } = caller.database;
	const { id, email, emailVerified } = await requireOwnAccount(db, caller);
	if (emailVerified !== null)
		throw new WeftError("conflict", "Your address is verified already. Reload the page to see it.");
	if (send === undefined)
		throw new WeftError("unavailable", "This server sends no e-mail. Ask its administrator to verify your address.");
	await countAddressLink(db, email);
	const token = makeAddressToken(getMasterSecrets(), { userId: id, email });
	const text = [
		`There is an account on Weft with the address ${email}.`,
		`If it is your account, open this link within ${ADDRESS_LINK_HOURS} hours to verify that the address is yours:`,
		publicAddress(addressLinkPath(token), getEnv()),
		"If it is not, do nothing.",
	];
	try {
		await send({ to: email, subject: "Verify your address for Weft", text: text.join("\n\n") });
	} catch (error) {
		logError(error, "Cannot send a link", { part: "account" });
		throw new WeftError("unavailable", "The mail could not be sent. Try again in a few minutes.");
	}
}
