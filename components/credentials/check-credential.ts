import { type CredentialType, credentialDefinition } from "@/server/credentials/catalog";
import { type CredentialValues, credentialName, problemsOf } from "@/server/credentials/credential-definition";

/** A name and its value, while they are typed. */
export interface Pair {
	name: string;
	value: string;
}

/** What stands in the form of a credential, by field. */
export type CredentialDraft = Readonly<Record<string, string | readonly Pair[]>>;

export interface CheckedCredential {
	values: CredentialValues;
	/** One sentence per field that keeps it from being saved; that of the name is `name of the credential`. */
	problems: Readonly<Record<string, string>>;
	nameProblem: string | undefined;
}

interface CredentialForm {
	name: string;
	type: CredentialType;
	draft: CredentialDraft;
	/** Names that would be overwritten. */
	taken: readonly string[];
}

/** The values of a form, and what keeps them from being saved before the server is asked. */
export function checkCredential({ name, type, draft, taken }: CredentialForm): CheckedCredential {
	const values = Object.fromEntries(
		Object.entries(draft).map(([field, value]) => [field, typeof value === "string" ? value : recordOf(value)]),
	);
	const repeated = Object.entries(draft).flatMap(([field, value]) => {
		const twice = typeof value === "string" ? undefined : firstRepeated(value);
		return twice === undefined ? [] : [[field, `${twice} is listed twice. Remove one of them.`] as const];
	});
	const problems = { ...problemsOf(credentialDefinition(type), values), ...Object.fromEntries(repeated) };
	return { values, problems, nameProblem: checkName(name, taken) };
}

/** Rows without a name and a value are not there. */
function recordOf(pairs: readonly Pair[]): Record<string, string> {
	return Object.fromEntries(
		pairs.filter(({ name, value }) => name !== "" || value !== "").map(({ name, value }) => [name, value]),
	);
}

function firstRepeated(pairs: readonly Pair[]): string | undefined {
	return pairs.find(({ name }, at) => name !== "" && pairs.findIndex((other) => other.name === name) < at)?.name;
}

function checkName(name: string, taken: readonly string[]): string | undefined {
	if (name === "") return "Enter a name, such as DEPLOY_TOKEN.";
	if (!credentialName.safeParse(name).success) return "Use letters, digits and _, starting with a letter or _.";
	return taken.includes(name)
		? `${name} exists already. Replace its value instead, or choose another name.`
		: undefined;
}
