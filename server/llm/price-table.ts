import { z } from "zod";
import { PROVIDER_NAMES } from "./provider-names";

const dollars = z.number().nonnegative();
const rates = {
	input: dollars,
	output: dollars,
	/** A tenth of `input` without it. */
	cacheRead: dollars.optional(),
	/** `input` without it; where the provider asks more for writing, what it asks. */
	cacheWrite: dollars.optional(),
};

/** A list price: US dollars per million tokens. */
export const listPriceSchema = z.strictObject({
	provider: z.enum(PROVIDER_NAMES),
	/** The model's id, or its beginning up to a `-` or the like; the longest one counts. */
	model: z.string().min(1),
	/** The first day on which it holds, as `2026-11-01`. */
	since: z.iso.date(),
	...rates,
	/** Some models charge more for a whole request whose prompt is longer than this many tokens. */
	long: z.strictObject({ above: z.int().positive(), ...rates }).optional(),
});
export type ListPrice = z.infer<typeof listPriceSchema>;

/** https://platform.claude.com/docs/en/about-claude/pricing: caches of five minutes are written at 1.25 times the price. */
function claude(model: string, input: number, output: number): ListPrice {
	return { provider: "anthropic", model, since: "2026-11-01", input, output, cacheWrite: input * 1.25 };
}

/** https://developers.openai.com/api/docs/pricing: what is read from a cache costs a tenth unless it is said. */
function gpt(model: string, input: number, output: number, more: Partial<ListPrice> = {}): ListPrice {
	return { provider: "openai", model, since: "2026-11-01", input, output, ...more };
}

/** https://ai.google.dev/gemini-api/docs/pricing: the pro models charge more for prompts of more than 200,000 tokens. */
function gemini(model: string, input: number, output: number, long?: ListPrice["long"]): ListPrice {
	return { provider: "gemini", model, since: "2026-11-01", input, output, ...(long && { long }) };
}

export const LIST_PRICES: readonly ListPrice[] = [
	claude("claude-fable-5", 10, 50),
	claude("claude-mythos-5", 10, 50),
	claude("claude-opus-5-5", 4, 20),
	claude("claude-opus-5", 5, 25),
	claude("claude-opus-4", 5, 25),
	claude("claude-sonnet-5", 2, 10),
	claude("claude-sonnet-4", 3, 15),
	{
		...claude("claude-haiku-5-5", 0.1, 0.5),
		long: { above: 100_000, input: 0.5, output: 2.5, cacheWrite: 0.625 },
	},
	claude("claude-haiku-4-5", 1, 5),
	gpt("gpt-6-sol", 2, 10, { cacheWrite: 2.5 }),
	gpt("gpt-6.1-sol", 2, 10, { cacheRead: 0.1, cacheWrite: 2.5 }),
	gpt("gpt-6-luna", 0.1, 0.5, { cacheWrite: 0.125 }),
	gpt("gpt-5.4", 2.5, 15),
	gpt("gpt-5.4-mini", 0.75, 4.5),
	gpt("gpt-5.2", 1.75, 14),
	gpt("gpt-5.1", 1.25, 10),
	gpt("gpt-5", 1.25, 10),
	gpt("gpt-5-pro", 15, 120),
	gpt("gpt-5-mini", 0.25, 2),
	gpt("gpt-5-nano", 0.05, 0.4),
	gpt("gpt-4.1", 2, 8, { cacheRead: 0.5 }),
	gpt("gpt-4.1-mini", 0.4, 1.6, { cacheRead: 0.1 }),
	gpt("gpt-4.1-nano", 0.1, 0.4, { cacheRead: 0.025 }),
	gpt("gpt-4o", 2.5, 10, { cacheRead: 1.25 }),
	gpt("gpt-4o-mini", 0.15, 0.6, { cacheRead: 0.075 }),
	gemini("gemini-3-pro", 2, 12, { above: 200_000, input: 4, output: 18 }),
	gemini("gemini-3-flash", 0.5, 3),
	gemini("gemini-2.5-pro", 1.25, 10, { above: 200_000, input: 2.5, output: 15 }),
	gemini("gemini-2.5-flash", 0.3, 2.5),
	gemini("gemini-2.5-flash-lite", 0.1, 0.4),
];
