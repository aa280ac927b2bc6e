/** Where the audit log is read of one workflow. */
export function auditPath(team: string, workflow: string): string {
	return `/${team}/settings/audit?${new URLSearchParams({ workflow })}`;
}
