import type { JsonObject } from "@/server/plan/values/json";
import { isRole, ROLE_LADDER, type Role } from "@/server/teams/permissions";
import { type Fields, fieldsOfKind, findTelling, INBOX } from "./destination-kinds";

/** Who of a team is told by their inbox, as a phrase: a role and those above it. */
const AUDIENCES = {
	owner: "Owners",
	admin: "Admins and owners",
	editor: "Editors and above",
	operator: "Operators and above",
	viewer: "All members",
} as const satisfies Record<Role, string>;

/** Who can be told by their inbox: a role with those above it, or one of the members. */
export function listAudiences(members: readonly { userId: string; name: string }[]) {
	const roles = ROLE_LADDER.map((role) => ({ value: role, label: AUDIENCES[role] }));
	return [...roles, ...members.map(({ userId, name }) => ({ value: userId, label: name }))];
}

interface Described {
	name: string;
	/** Where it leads, without what would let others write there: of an address its host. */
	detail: string;
	/** The credentials that it reads, by name. */
	credentials: string[];
}

/** A destination as lists and the audit log name it. @param nameOf a member’s name, by their id */
export function describeDestination(
	{ type, fields }: { type: string; fields: Fields },
	nameOf: (userId: string) => string | undefined = () => undefined,
): Described {
	if (type === INBOX) return { name: "Inbox", detail: describeAudience(fields.to ?? "", nameOf), credentials: [] };
	const telling = findTelling(type);
	if (telling === undefined) return { name: type, detail: "of a newer version of Weft", credentials: [] };
	const known = fieldsOfKind(telling).flatMap((field) => {
		const value = fields[field.key];
		return value ? [{ ...field, value }] : [];
	});
	const typed = known.filter(({ credentials }) => credentials === null).map(({ value }) => withoutPath(value));
	const credentials = known.filter((field) => field.credentials !== null).map(({ value }) => value);
	return { name: telling.tellsFailures.name, detail: typed.join(", "), credentials };
}

/** A destination as the audit log keeps it: of a member the id. */
export function auditOf(row: { type: string; fields: Fields }): JsonObject {
	const { name, detail, credentials } = describeDestination(row, (userId) => userId);
	return { type: name, to: detail, credentials };
}

function describeAudience(to: string, nameOf: (userId: string) => string | undefined): string {
	return isRole(to) ? AUDIENCES[to] : (nameOf(to) ?? "somebody who has left the team");
}

/** Who knows the path of a webhook can write to it. */
function withoutPath(value: string): string {
	if (!/^https?:/i.test(value) || !URL.canParse(value)) return value;
	const { origin, pathname, search } = new URL(value);
	return pathname === "/" && search === "" ? origin : `${origin}/…`;
}

/** A text that may name the addresses of a destination, with the paths of these left out. */
export function withoutPaths(text: string, fields: Fields): string {
	const addresses = Object.values(fields).filter((value) => withoutPath(value) !== value);
	return addresses.reduce((rest, value) => {
		const { href, origin, pathname } = new URL(value);
		return [value, href, `${origin}${pathname}`].reduce((shown, address) => {
			return pathname === "/" ? shown : shown.replaceAll(address, withoutPath(value));
		}, rest);
	}, text);
}
