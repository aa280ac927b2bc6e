const MAX_LENGTH = 48;

/** A name as it may stand in an address: `Déploy to EU!` reads `deploy-to-eu`. */
export function slugify(name: string, fallback: string): string {
	const slug = name
		.normalize("NFKD")
		.replace(/\p{Mark}/gu, "")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.slice(0, MAX_LENGTH)
		.replace(/^-+|-+$/g, "");
	return slug === "" ? fallback : slug;
}

/** Whether a slug was made of the name, with a number behind it where it was taken: `release-2` of `Release`. */
export function isSlugOf({ name, slug }: { name: string; slug: string }): boolean {
	const made = slugify(name, "");
	return made !== "" && slug.startsWith(made) && /^(?:-\d+)?$/.test(slug.slice(made.length));
}
