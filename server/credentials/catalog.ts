import type { CredentialDefinition } from "./credential-definition";
import { basicDefinition } from "./types/basic/definition";
import { databaseUrlDefinition } from "./types/database-url/definition";
import { headerDefinition } from "./types/header/definition";
import { keyValueDefinition } from "./types/key-value/definition";
import { llmDefinition } from "./types/llm/definition";
import { slackDefinition } from "./types/slack/definition";
import { smtpDefinition } from "./types/smtp/definition";
import { sshKeyDefinition } from "./types/ssh-key/definition";
import { tokenDefinition } from "./types/token/definition";

/** In the order in which screens offer them. */
export const CREDENTIAL_TYPES = [
	"token",
	"basic",
	"header",
	"key-value",
	"ssh-key",
	"database-url",
	"smtp",
	"slack",
	"llm",
] as const;
export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

const catalog = {
	token: tokenDefinition,
	basic: basicDefinition,
	header: headerDefinition,
	"key-value": keyValueDefinition,
	"ssh-key": sshKeyDefinition,
	"database-url": databaseUrlDefinition,
	smtp: smtpDefinition,
	slack: slackDefinition,
	llm: llmDefinition,
} satisfies Record<CredentialType, CredentialDefinition>;

export function credentialDefinition(type: CredentialType): CredentialDefinition {
	return catalog[type];
}

/** What `secrets.` may be followed by to read one of these parts: `NAME`, `NAME.part`. */
export function referencesTo({ name, parts }: { name: string; parts: readonly string[] }): string[] {
	return parts.map((part) => (part === "" ? name : `${name}.${part}`));
}

/**
 * What a program is given of a credential: by the name it finds it under, the part that it reads. A credential with several
 * values at will has named them itself.
 */
export function entriesOf({ name, type, parts }: { name: string; type: CredentialType; parts: readonly string[] }) {
	const { mainParts = [""] } = credentialDefinition(type);
	if (mainParts === "each") return parts.map((part) => ({ name: part, part }));
	const join = (part: string) => `${name}_${name === name.toUpperCase() ? part.toUpperCase() : part}`;
	return mainParts.map((part) => ({ name: part === "" ? name : join(part), part }));
}
