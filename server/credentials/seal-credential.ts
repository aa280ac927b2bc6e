import { z } from "zod";
import { WeftError } from "@/server/errors";
import { type CredentialType, credentialDefinition } from "./catalog";
import { credentialBinding } from "./credential-binding";
import { type CredentialParts, type CredentialValues, credentialValues } from "./credential-definition";
import { type Keys, seal, unseal } from "./seal";

export interface SealedCredential {
	teamId: string;
	id: string;
	name: string;
	type: CredentialType;
	sealed: string;
}

/** The values of a credential, encrypted under the team's key; those of a token as they are, of other types as JSON. */
export function sealCredential(
	key: Keys,
	row: Omit<SealedCredential, "sealed" | "name">,
	values: CredentialValues,
): string {
	const plain = row.type === "token" ? z.string().parse(values.token) : JSON.stringify(values);
	return seal(key, Buffer.from(plain), credentialBinding(row));
}

/** Throws `WeftError` when the values were tampered with or sealed elsewhere. */
export function openCredential(key: Keys, row: SealedCredential): CredentialParts {
	try {
		const plain = unseal(key, row.sealed, credentialBinding(row)).toString("utf8");
		return partsOf(row.type, row.type === "token" ? { token: plain } : credentialValues.parse(JSON.parse(plain)));
	} catch (cause) {
		throw new WeftError("unavailable", `The credential “${row.name}” cannot be read. Save its value again.`, { cause });
	}
}

/** The parts that have a value. */
export function partsOf(type: CredentialType, values: CredentialValues): CredentialParts {
	const parts = Object.entries(credentialDefinition(type).parts(values));
	return Object.fromEntries(parts.filter(([, value]) => value !== ""));
}

/** The parts that have to be hidden wherever they appear. */
export function secretParts(type: CredentialType, parts: CredentialParts): string[] {
	const { publicParts = [] } = credentialDefinition(type);
	return Object.entries(parts).flatMap(([part, value]) => (publicParts.includes(part) ? [] : value));
}
