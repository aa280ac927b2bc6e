interface Price {
	/** US dollars per million tokens. */
	input: number;
	output: number;
	/** Some models charge more for a whole request whose prompt is longer than this many tokens. */
	long?: { above: number; input: number; output: number };
}

/**
 * List prices by the beginning of a model's id, from https://platform.claude.com/docs/en/about-claude/pricing as of
 * November 2026. Prompts are not cached, so cache prices are not here.
 */
const PRICES: Record<string, Price> = {
	"claude-fable-5": { input: 10, output: 50 },
	"claude-mythos-5": { input: 10, output: 50 },
	"claude-opus-5-5": { input: 4, output: 20 },
	"claude-opus-5": { input: 5, output: 25 },
	"claude-opus-4": { input: 5, output: 25 },
	"claude-sonnet-5": { input: 2, output: 10 },
	"claude-sonnet-4": { input: 3, output: 15 },
	"claude-haiku-5-5": { input: 0.1, output: 0.5, long: { above: 100_000, input: 0.5, output: 2.5 } },
	"claude-haiku-4-5": { input: 1, output: 5 },
};

/** The price of a model that is not in the table: the highest one, so that a run's budget holds for it too. */
const MOST_EXPENSIVE: Price = { input: 10, output: 50 };

/** What a request cost in US dollars, at list prices. */
export function costOf(model: string, tokens: { input: number; output: number }): number {
	const [prefix = ""] = Object.keys(PRICES)
		.filter((known) => model.startsWith(known))
		.sort((a, b) => b.length - a.length);
	const price = PRICES[prefix] ?? MOST_EXPENSIVE;
	const rate = price.long !== undefined && tokens.input > price.long.above ? price.long : price;
	return (tokens.input * rate.input + tokens.output * rate.output) / 1_000_000;
}
