import { cn } from "../ui/class-names";
import { formatCost, formatShare } from "../ui/format/format-number";

/** From this share of a budget on people are warned. */
const WARNED = 0.8;

interface BudgetBarProps {
	/** Whose it is. */
	name: string;
	budgetUsd: number | null;
	spentUsd: number;
}

/** How much of a budget is spent. */
export function BudgetBar({ name, budgetUsd, spentUsd }: BudgetBarProps) {
	if (budgetUsd === null) {
		return (
			<p className="flex flex-wrap gap-x-3 text-12">
				<span className="min-w-0 truncate font-medium">{name}</span>
				<span className="ml-auto text-ink-3 tabular-nums">{formatCost(spentUsd)} spent, no budget</span>
			</p>
		);
	}
	const share = budgetUsd === 0 ? 1 : spentUsd / budgetUsd;
	return (
		<div className="grid gap-1 text-12">
			<div className="flex flex-wrap gap-x-3">
				<span className="min-w-0 truncate font-medium">{name}</span>
				<span className="ml-auto text-ink-2 tabular-nums">
					{formatCost(spentUsd)} of {formatCost(budgetUsd)}
					{share >= 1 && <span className="text-failed">, spent</span>}
					{share < 1 && `, ${formatShare(share)}`}
				</span>
			</div>
			<meter
				aria-label={`Budget of ${name}`}
				min={0}
				max={Math.max(budgetUsd, spentUsd)}
				value={spentUsd}
				aria-valuetext={`${formatCost(spentUsd)} of ${formatCost(budgetUsd)}`}
				className="sr-only"
			/>
			<div aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-fill-2">
				<div
					className={cn("h-full", share >= 1 ? "bg-failed" : share >= WARNED ? "bg-retrying" : "bg-accent")}
					style={{ width: `${Math.min(1, share) * 100}%` }}
				/>
			</div>
		</div>
	);
}
