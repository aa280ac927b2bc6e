/** The gallery, with the dialog open that publishes this workflow. */
export function publishTemplatePath(team: string, slug: string): string {
	return `/${team}/templates?publish=${encodeURIComponent(slug)}`;
}
