/** What a credential's sealed value is bound to: copied to another row or team, it does not open. */
export function credentialBinding(teamId: string, id: string): string {
	return `credential ${teamId} ${id}`;
}
