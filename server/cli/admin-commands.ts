import type { Database } from "@/db/client";
import { openDatabase } from "@/db/client";
import { requireMigrated } from "@/db/migrate";
import {
	type ListedUser,
	listUsers,
	makeAdministrator,
	makeResetToken,
	signOutEverywhere,
	verifyAddress,
} from "../auth/administer";
import { LINK_HOURS, passwordLinkPath } from "../auth/password-links";
import { getEnv } from "../env";
import { WeftError } from "../errors";
import { publicAddress } from "../public-address";
import { withDatabaseUrl } from "./with-database";

export const ADMIN_USAGE = `Usage: weft admin <command>

  list-users            everybody who has an account
  make-admin EMAIL      makes somebody an administrator, with an account if they have none
  reset-link EMAIL      a link by which they set a new password, once, within ${LINK_HOURS.handed} hours
  sign-out EMAIL        signs them out everywhere
  verify-address EMAIL  says that the address is theirs: approvals that name it are theirs to decide
`;

type AdminCommand = (database: Database, email: string) => Promise<string>;

const commands: Readonly<Record<string, AdminCommand>> = {
	"list-users": async (database) => tabulate(await listUsers(database)),
	async "make-admin"(database, email) {
		const { isNew } = await makeAdministrator(database, email);
		const done = `${email} administers this instance.`;
		return isNew ? `${done} The account is new:\n${await describeLink(database, email)}` : done;
	},
	"reset-link": describeLink,
	async "sign-out"(database, email) {
		const ended = await signOutEverywhere(database, email);
		return `${email} is signed out everywhere (${ended} ${ended === 1 ? "session" : "sessions"}).`;
	},
	async "verify-address"(database, email) {
		await verifyAddress(database, email);
		return `${email} is verified.`;
	},
};

/** `weft admin`: on the machine's own word, whether or not Weft runs. */
export async function administer(args: readonly string[]): Promise<void> {
	const [name = "help", email = ""] = args;
	if (name === "help" || name === "--help") {
		process.stdout.write(ADMIN_USAGE);
		return;
	}
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!command) throw new WeftError("invalid", `There is no command admin ${name}.\n\n${ADMIN_USAGE}`);
	if (email === "" && name !== "list-users")
		throw new WeftError("invalid", `Name the address: weft admin ${name} ada@example.com`);
	const told = await withDatabaseUrl(async (url) => {
		await requireMigrated(url);
		const database = openDatabase(url, { max: 1 });
		return await command(database, email).finally(database.close);
	});
	process.stdout.write(`${told}\n`);
}

async function describeLink(database: Database, email: string): Promise<string> {
	const address = publicAddress(passwordLinkPath(await makeResetToken(database, email)), getEnv());
	return `Whoever opens this link within ${LINK_HOURS.handed} hours sets the password of ${email}, once:\n${address}`;
}

const HEADINGS = ["E-MAIL", "NAME", "ADMIN", "SINCE", "SESSIONS", "LAST SEEN"];

function tabulate(people: readonly ListedUser[]): string {
	const rows = people.map(({ email, name, isAdministrator, createdAt, sessions, lastSeenAt }) => [
		email,
		printable(name ?? ""),
		isAdministrator ? "yes" : "",
		day(createdAt),
		String(sessions),
		lastSeenAt ? day(lastSeenAt) : "",
	]);
	const table = [HEADINGS, ...rows];
	const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
	return table
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}

function day(date: Date): string {
	return date.toISOString().slice(0, 10);
}

/** A name as people typed it must not steer the terminal. */
function printable(text: string): string {
	return text.replace(/\p{C}/gu, "?");
}
