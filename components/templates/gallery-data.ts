import type { Plan } from "@/server/plan/plan";

/** What the gallery's address asks for. */
export interface GalleryQuery {
	q: string;
	category?: string | undefined;
	sort: "name" | "steps";
	/** Only templates without a credential. */
	keyless: boolean;
}

export interface GalleryItem {
	slug: string;
	name: string;
	description: string;
	plan: Plan;
}

export interface Gallery {
	items: readonly GalleryItem[];
	categories: readonly { id: string; label: string; count: number }[];
	found: number;
}

/** The gallery's address under `base`; what is as it is at first is left out. */
export function galleryPath(base: string, { q, category, sort, keyless }: GalleryQuery): string {
	const asked = new URLSearchParams({
		...(q !== "" && { q }),
		...(category !== undefined && { category }),
		...(sort !== "name" && { sort }),
		...(keyless && { keyless: "1" }),
	});
	return asked.size === 0 ? base : `${base}?${asked}`;
}
