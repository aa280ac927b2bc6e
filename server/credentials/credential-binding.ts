import type { CredentialType } from "./catalog";

/** What a credential's sealed values are bound to: copied to another row, team or type, they do not open. */
export function credentialBinding({ teamId, id, type }: { teamId: string; id: string; type: CredentialType }): string {
	// Tokens were there before there were types.
	return type === "token" ? `credential ${teamId} ${id}` : `credential ${teamId} ${id} ${type}`;
}
