/** The cookie that holds the slug of the team seen last, so that the start page leads back to it. */
export const LAST_TEAM_COOKIE = "weft-team";

export function rememberTeam(slug: string): void {
	// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
	document.cookie = `${LAST_TEAM_COOKIE}=${encodeURIComponent(slug)}; path=/; max-age=31536000; samesite=lax`;
}
