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

/**
 * Tries `slug`, `slug-2`, `slug-3`, … until `take` gets one. `take` inserts and returns null when the slug is taken, so
 * that two people who choose the same name at once both succeed.
 */
export async function takeFreeSlug<T>(slug: string, take: (slug: string) => Promise<T | null>): Promise<T> {
	for (let number = 1; ; number += 1) {
		const taken = await take(number === 1 ? slug : `${slug}-${number}`);
		if (taken !== null) return taken;
	}
}
