import { count, inArray } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { workflowOrigins } from "@/db/schema/templates";
import type { Plan } from "@/server/plan/plan";
import { listPublished, listWaiting } from "./published-templates";
import { readShippedTemplates } from "./shipped-templates";
import type { Template, TemplateViewer } from "./template";
import { CATEGORIES, type CategoryId, categorySchema } from "./template-file";

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const isSet = z.preprocess((value) => first(value) !== undefined, z.boolean()).catch(false);

/** What the gallery's address asks for. Whatever it cannot read is left out: an address never fails. */
export const galleryQuerySchema = z.object({
	q: z.preprocess(first, z.string().trim().max(200)).catch(""),
	category: z.preprocess(first, categorySchema).optional().catch(undefined),
	sort: z.preprocess(first, z.enum(["used", "name", "steps"])).catch("used"),
	/** Only templates without a credential. */
	keyless: isSet,
	/** Only those of the viewer's team. */
	own: isSet,
});
export type GalleryQuery = z.infer<typeof galleryQuerySchema>;

/** A template as the gallery shows it. */
export interface GalleryItem {
	slug: string;
	name: string;
	description: string;
	category: CategoryId;
	plan: Plan;
	/** The team that published it; null for Weft's own. */
	publisher: string | null;
	/** Of the viewer's own team. */
	isOwn: boolean;
	/** Workflows that were made from it. */
	uses: number;
}

export interface Gallery {
	items: GalleryItem[];
	/** How many there are in each category, of those that the search finds. */
	categories: { id: CategoryId; label: string; count: number }[];
	/** How many the search finds in all categories. */
	found: number;
	/** How many the viewer's team has published. */
	own: number;
	/** What waits for this viewer's approval. */
	waiting: { slug: string; name: string; publisher: string }[];
}

/** The templates that somebody may see and that an address asks for. */
export async function listTemplates(db: DbLike, viewer: TemplateViewer, query: GalleryQuery): Promise<Gallery> {
	const [shipped, published] = await Promise.all([readShippedTemplates(), listPublished(db, viewer)]);
	const all: Template[] = [...published, ...[...shipped.values()].map((one) => ({ ...one, publisher: null }))];
	const isOwn = ({ publisher }: Template) => viewer.teamId !== null && publisher?.id === viewer.teamId;
	const found = all.filter((template) => (!query.own || isOwn(template)) && matches(template, query));
	const uses = await countUses(db, all);
	const items = found
		.filter(({ category }) => query.category === undefined || category === query.category)
		.map((template) => ({ ...toItem(template), isOwn: isOwn(template), uses: uses.get(template.slug) ?? 0 }))
		.sort(ORDERS[query.sort]);
	const categories = Object.entries(CATEGORIES).map(([id, label]) => ({
		id: categorySchema.parse(id),
		label,
		count: found.filter(({ category }) => category === id).length,
	}));
	const own = all.filter(isOwn).length;
	const waiting = await readWaiting(db, viewer);
	return { items, categories, found: found.length, own, waiting };
}

async function readWaiting(db: DbLike, { isAdministrator }: TemplateViewer): Promise<Gallery["waiting"]> {
	if (!isAdministrator) return [];
	const waiting = await listWaiting(db);
	return waiting.map(({ slug, name, publisher }) => ({ slug, name, publisher: publisher?.name ?? "" }));
}

async function countUses(db: DbLike, templates: readonly Template[]): Promise<Map<string, number>> {
	const slugs = templates.map(({ slug }) => slug);
	const rows = await db
		.select({ template: workflowOrigins.template, uses: count() })
		.from(workflowOrigins)
		.where(inArray(workflowOrigins.template, slugs))
		.groupBy(workflowOrigins.template);
	return new Map(rows.map(({ template, uses }) => [template, uses]));
}

function toItem({ slug, name, description, category, plan, publisher }: Template) {
	return { slug, name, description, category, plan, publisher: publisher?.name ?? null };
}

type Compare = (a: GalleryItem, b: GalleryItem) => number;

const byName: Compare = (a, b) => a.name.localeCompare(b.name, "en");
const ORDERS: Readonly<Record<GalleryQuery["sort"], Compare>> = {
	used: (a, b) => b.uses - a.uses || byName(a, b),
	name: byName,
	steps: (a, b) => a.plan.nodes.length - b.plan.nodes.length || byName(a, b),
};

/** Every word has to stand somewhere: in its name, what it does, or the names of its steps. */
function matches(template: Template, { q, keyless }: GalleryQuery): boolean {
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
