import { createHash } from "node:crypto";
import type { Mail } from "@/server/mail/mailer";
import { type Described, describeNotification, isKindName, type KindName } from "../catalog";
import type { Happening } from "../notification-kind";
import { shorten } from "../run-place";

export interface MailedRow extends Happening<unknown> {
	id: string;
	kind: KindName;
	email: string;
}

/** As many as one mail tells; the inbox has the rest. */
const MOST = 20;

/**
 * One mail about everything that somebody has not read: names, excerpts and links, which change nothing when they are
 * opened. Undefined when there is nothing that this version can read.
 * @param addressOf a path of this server as people reach it
 */
export function composeMail(rows: readonly MailedRow[], addressOf: (path: string) => string): Mail | undefined {
	const told = rows.flatMap((row) => (isKindName(row.kind) ? (describeNotification(row.kind, row) ?? []) : []));
	const [first] = told;
	const [row] = rows;
	if (first === undefined || row === undefined) return undefined;
	const switches = addressOf("/account#notifications");
	const rest = told.length > MOST ? [`And ${told.length - MOST} more.`] : [];
	const text = [
		...told.slice(0, MOST).map((one) => paragraphOf(one, addressOf)),
		...rest,
		`Your inbox: ${addressOf("/inbox")}\nNotification settings: ${switches}`,
	];
	return {
		to: row.email,
		subject: told.length === 1 ? shorten(first.sentence) : `${told.length} notifications on Weft`,
		text: `${text.join("\n\n")}\n`,
		unsubscribe: switches,
		id: idOf(rows),
	};
}

function paragraphOf({ sentence, excerpt, path }: Described, addressOf: (path: string) => string): string {
	const lines = [`${shorten(sentence)}.`];
	if (excerpt !== undefined) lines.push(`> ${shorten(excerpt)}`);
	if (path !== null) lines.push(addressOf(path));
	return lines.join("\n");
}

/** The same for a mail that is sent again because nobody knows whether it was: mailboxes keep one of them. */
function idOf(rows: readonly MailedRow[]): string {
	const ids = rows.map(({ id }) => id).sort();
	return createHash("sha256").update(ids.join(" ")).digest("hex").slice(0, 32);
}
