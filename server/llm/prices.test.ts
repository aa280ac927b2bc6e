import { expect, test } from "vitest";
import type { TokenCounts } from "../runs/events";
import { createBill } from "./prices";

const none = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };
const million = { ...none, inputTokens: 1_000_000, outputTokens: 1_000_000 };
const bill = createBill();

function cost(model: string, counts: Partial<TokenCounts>): number {
	return bill({ provider: "anthropic", model, counts: { ...none, ...counts } }).costUsd;
}

test("a model is found by the longest beginning of its id, dated or not", () => {
	expect(cost("claude-opus-5-5", million)).toBe(24);
	expect(cost("claude-opus-5-20260724", million)).toBe(30);
	expect(cost("claude-sonnet-4-5-20250929", million)).toBe(18);
});

test("a model whose id only begins alike has a price of its own, or none that is known", () => {
	const usage = (model: string) => bill({ provider: "openai", model, counts: million });
	expect(usage("gpt-5-2025-08-07")).toMatchObject({ costUsd: 11.25, estimated: false });
	expect(usage("gpt-5.2")).toMatchObject({ costUsd: 15.75, estimated: false });
	expect(usage("gpt-5.9")).toMatchObject({ estimated: true });
});

test("a cost that the provider tells stands, and a server of one's own costs nothing without a price", () => {
	const call = { provider: "openai" as const, model: "llama3.2", counts: million, isOwnServer: true };
	const broken = { inputTokens: -1_000_000, outputTokens: Number.NaN, cacheReadTokens: 1e300 };
	expect(bill({ ...call, counts: { ...call.counts, ...broken } })).toMatchObject({
		...{ inputTokens: 0, outputTokens: 0, cacheReadTokens: 100_000_000 },
	});
	expect(bill({ ...call, reportedUsd: 0.5 })).toMatchObject({ costUsd: 0.5, estimated: false });
	for (const reportedUsd of [-1_000_000, 1e308, Number.NaN])
		expect(bill({ ...call, reportedUsd })).toMatchObject({ costUsd: 0, estimated: true });
	expect(bill(call)).toMatchObject({ costUsd: 0, estimated: true });
	const own = createBill([{ provider: "openai", model: "llama3.2", since: "2026-01-01", input: 1, output: 2 }]);
	expect(own(call)).toMatchObject({ costUsd: 3, estimated: false });
});

test("a long prompt costs more where the list says so, whatever it was read from", () => {
	expect(cost("claude-haiku-5-5", { inputTokens: 100_000, outputTokens: 1_000 })).toBeCloseTo(0.0105);
	expect(cost("claude-haiku-5-5", { inputTokens: 200_000, outputTokens: 1_000 })).toBeCloseTo(0.1025);
	expect(cost("claude-haiku-5-5", { cacheReadTokens: 200_000 })).toBeCloseTo(0.01);
});

test("each token is paid for once, where it was counted", () => {
	expect(cost("claude-opus-5", { cacheReadTokens: 1_000_000 })).toBeCloseTo(0.5);
	expect(cost("claude-opus-5", { cacheWriteTokens: 1_000_000 })).toBeCloseTo(6.25);
	expect(cost("claude-opus-5", { outputTokens: 500_000, reasoningTokens: 500_000 })).toBeCloseTo(25);
});

test("an unknown model counts as the dearest of its provider, and says that this is a guess", () => {
	const usage = bill({ provider: "anthropic", model: "somebody-elses", counts: million });
	expect(usage).toMatchObject({ costUsd: 60, estimated: true });
});

test("the administrator's price goes first, from its day on, and is kept with the call", () => {
	const own = [
		{ provider: "anthropic" as const, model: "claude-opus", since: "2026-01-01", input: 1, output: 2 },
		{ provider: "anthropic" as const, model: "claude-opus", since: "2026-12-01", input: 3, output: 4 },
	];
	const on = (day: string) =>
		createBill(own, () => new Date(day))({ provider: "anthropic", model: "claude-opus-5", counts: million });
	expect(on("2026-11-30")).toMatchObject({ costUsd: 3, price: { input: 1, output: 2, since: "2026-01-01" } });
	expect(on("2026-12-01")).toMatchObject({ costUsd: 7, price: { input: 3, output: 4, since: "2026-12-01" } });
});
