import type { CredentialDefinition } from "./credential-definition";
import { basicDefinition } from "./types/basic/definition";
import { databaseUrlDefinition } from "./types/database-url/definition";
import { headerDefinition } from "./types/header/definition";
import { keyValueDefinition } from "./types/key-value/definition";
import { sshKeyDefinition } from "./types/ssh-key/definition";
import { tokenDefinition } from "./types/token/definition";

/** In the order in which screens offer them. */
export const CREDENTIAL_TYPES = ["token", "basic", "header", "key-value", "ssh-key", "database-url"] as const;
export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

const catalog = {
	token: tokenDefinition,
	basic: basicDefinition,
	header: headerDefinition,
	"key-value": keyValueDefinition,
	"ssh-key": sshKeyDefinition,
	"database-url": databaseUrlDefinition,
} satisfies Record<CredentialType, CredentialDefinition>;

export function credentialDefinition(type: CredentialType): CredentialDefinition {
	return catalog[type];
}

/** What `secrets.` may be followed by to read one of these parts: `NAME`, `NAME.part`. */
export function referencesTo({ name, parts }: { name: string; parts: readonly string[] }): string[] {
	return parts.map((part) => (part === "" ? name : `${name}.${part}`));
}
