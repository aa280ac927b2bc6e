import type { Plan } from "@/server/plan/plan";
import type { Inputs } from "../trpc/types";

export type CategoryId = Inputs["templates"]["publish"]["category"];

/** What the gallery's address asks for. */
export interface GalleryQuery {
	q: string;
	category?: CategoryId | undefined;
	sort: "used" | "name" | "steps";
	/** Only templates without a credential. */
	keyless: boolean;
	/** Only those of the viewer's team. */
	own: boolean;
}

export interface GalleryItem {
	slug: string;
	name: string;
	description: string;
	plan: Plan;
	/** The team that published it; null for Weft's own. */
	publisher: string | null;
	/** Workflows that were made from it. */
	uses: number;
}

export interface Gallery {
	items: readonly GalleryItem[];
	categories: readonly { id: CategoryId; label: string; count: number }[];
	found: number;
	/** How many the viewer's team has published. */
	own: number;
	/** What waits for this viewer's approval. */
	waiting: readonly { slug: string; name: string; publisher: string }[];
}

/** The gallery's address under `base`; what is as it is at first is left out. */
export function galleryPath(base: string, { q, category, sort, keyless, own }: GalleryQuery): string {
	const asked = new URLSearchParams({
		...(q !== "" && { q }),
		...(category !== undefined && { category }),
		...(sort !== "used" && { sort }),
		...(keyless && { keyless: "1" }),
		...(own && { own: "1" }),
	});
	return asked.size === 0 ? base : `${base}?${asked}`;
}
