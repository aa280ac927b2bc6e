import type { ReactNode } from "react";
import { formatCost, formatCount } from "../ui/format/format-number";
import type { Costs } from "./cost-view";

/** What all calls that are shown took and cost. */
export function CostTotals({ total }: { total: Costs["total"] }) {
	const { costUsd, estimatedUsd, notionalUsd, calls } = total;
	return (
		<section aria-label="Totals">
			<dl className="grid grid-cols-[repeat(auto-fit,minmax(110px,1fr))] overflow-hidden rounded-3 border border-line bg-panel">
				<Fact name="Cost">
					<strong className="font-semibold text-15">{formatCost(costUsd)}</strong>
					{estimatedUsd > 0 && <Note>{formatCost(estimatedUsd)} estimated</Note>}
					{notionalUsd > 0 && <Note>{formatCost(notionalUsd)} more paid by subscriptions</Note>}
				</Fact>
				<Fact name="Calls">{formatCount(calls)}</Fact>
				<Fact name="Input tokens">{formatCount(total.inputTokens)}</Fact>
				<Fact name="Read from cache">{formatCount(total.cacheReadTokens)}</Fact>
				<Fact name="Written to cache">{formatCount(total.cacheWriteTokens)}</Fact>
				<Fact name="Output tokens">{formatCount(total.outputTokens)}</Fact>
				<Fact name="Thinking tokens">{formatCount(total.reasoningTokens)}</Fact>
			</dl>
		</section>
	);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div className="px-3 py-2">
			<dt className="text-11 text-ink-3">{name}</dt>
			<dd className="tabular-nums">{children}</dd>
		</div>
	);
}

function Note({ children }: { children: ReactNode }) {
	return <span className="block text-11 text-ink-3">{children}</span>;
}
