import { z } from "zod";

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** What a template's address asks to see. Whatever it cannot read is left out: an address never fails. */
export const templateQuerySchema = z.object({
	view: z.preprocess(first, z.enum(["drawing", "yaml", "changes"])).catch("drawing"),
	/** An older one than the newest. */
	version: z.preprocess(first, z.coerce.number().int().min(1).max(1_000_000).optional()).catch(undefined),
});
export type TemplateView = z.infer<typeof templateQuerySchema>["view"];

/** The address of a template's page under `base`; what is as it is at first is left out. */
export function templatePath(base: string, slug: string, { view, version }: { view?: TemplateView; version?: number }) {
	const asked = new URLSearchParams({
		...(version !== undefined && { version: String(version) }),
		...(view !== undefined && view !== "drawing" && { view }),
	});
	return `${base}/${slug}${asked.size === 0 ? "" : `?${asked}`}`;
}
