import { z } from "zod";
import type { Plan } from "@/server/plan/plan";
import { readShippedTemplates, type ShippedTemplate } from "./shipped-templates";
import { CATEGORIES, type CategoryId, categorySchema } from "./template-file";

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** What the gallery's address asks for. Whatever it cannot read is left out: an address never fails. */
export const galleryQuerySchema = z.object({
	q: z.preprocess(first, z.string().trim().max(200)).catch(""),
	category: z.preprocess(first, categorySchema).optional().catch(undefined),
	sort: z.preprocess(first, z.enum(["name", "steps"])).catch("name"),
	keyless: z.preprocess((value) => first(value) !== undefined, z.boolean()).catch(false),
});
export type GalleryQuery = z.infer<typeof galleryQuerySchema>;

/** A template as the gallery shows it. */
export interface GalleryItem {
	slug: string;
	name: string;
	description: string;
	category: CategoryId;
	plan: Plan;
}

export interface Gallery {
	items: GalleryItem[];
	/** How many there are in each category, of those that the search finds. */
	categories: { id: CategoryId; label: string; count: number }[];
	/** How many the search finds in all categories. */
	found: number;
}

/** The templates of the gallery that an address asks for. */
export async function listTemplates(query: GalleryQuery): Promise<Gallery> {
	const templates = [...(await readShippedTemplates()).values()];
	const found = templates.filter((template) => matches(template, query));
	const items = found
		.filter(({ category }) => query.category === undefined || category === query.category)
		.sort(ORDERS[query.sort])
		.map(({ slug, name, description, category, plan }) => ({ slug, name, description, category, plan }));
	const categories = Object.entries(CATEGORIES).map(([id, label]) => ({
		id: categorySchema.parse(id),
		label,
		count: found.filter(({ category }) => category === id).length,
	}));
	return { items, categories, found: found.length };
}

type Compare = (a: ShippedTemplate, b: ShippedTemplate) => number;

const byName: Compare = (a, b) => a.name.localeCompare(b.name, "en");
const ORDERS: Readonly<Record<GalleryQuery["sort"], Compare>> = {
	name: byName,
	steps: (a, b) => a.plan.nodes.length - b.plan.nodes.length || byName(a, b),
};

/** Every word has to stand somewhere: in its name, what it does, or the names of its steps. */
function matches(template: ShippedTemplate, { q, keyless }: GalleryQuery): boolean {
	if (keyless && Object.keys(template.credentials).length > 0) return false;
	const { name, description, happens, plan, category } = template;
	const text = [name, description, CATEGORIES[category], ...happens, ...plan.nodes.map((node) => node.name)]
		.join("\n")
		.toLowerCase();
	return q
		.toLowerCase()
		.split(/\s+/)
		.every((word) => text.includes(word));
}
