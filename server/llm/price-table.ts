import { z } from "zod";

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
	provider: z.enum(["anthropic", "openai", "gemini"]),
	/** The beginning of the model's id; the longest one counts. */
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
];
