import { formatCost, formatCount } from "@/components/ui/format/format-number";
import type { CodingResult } from "@/server/runs/coding-result";

/** `$1.14`, `$0.97 notional`: at list prices, of a plan that is paid for otherwise; `unknown`. */
export function describeCost({ costUsd, costKind }: Pick<CodingResult, "costUsd" | "costKind">): string {
	if (costUsd === null || costKind === "unknown") return "unknown";
	return costKind === "notional" ? `${formatCost(costUsd)} notional` : formatCost(costUsd);
}

export function countTokens({ usage }: Pick<CodingResult, "usage">): number {
	return usage.input + usage.cacheRead + usage.cacheWrite + usage.output + usage.reasoning;
}

/** `318,240 tokens: 300,000 from a cache, 2,400 written`. */
export function describeTokens(result: Pick<CodingResult, "usage">): string {
	if (countTokens(result) === 0) return "none";
	const { cacheRead, output, reasoning } = result.usage;
	const parts = [
		cacheRead > 0 && `${formatCount(cacheRead)} from a cache`,
		`${formatCount(output + reasoning)} written`,
	];
	return `${formatCount(countTokens(result))}: ${parts.filter(Boolean).join(", ")}`;
}
