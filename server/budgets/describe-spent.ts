export interface SpentBudget {
	of: "run" | "workflow" | "team";
	/** Of the workflow or the team; "" for a run. */
	name: string;
	/** Of UTC, as `2026-11`. */
	month: string;
	budgetUsd: number;
	spentUsd: number;
}

/** Which budget is spent, how much that is, and who raises it. */
export function describeSpent({ of, name, month, budgetUsd, spentUsd }: SpentBudget): string {
	const [budget, spent] = [formatUsd(budgetUsd), formatUsd(spentUsd)];
	if (of === "run") {
		return `The run has reached its spending limit of ${budget}. Raise the limit in the workflow's settings and run it again, or use a cheaper model.`;
	}
	const whose = of === "team" ? `team “${name}”` : `workflow “${name}”`;
	const who =
		of === "team"
			? "An admin of the team raises it under Settings, Budgets"
			: "An editor raises it in the workflow's editor, under Budget";
	return `The budget of the ${whose} for ${nameMonth(month)} is spent: ${spent} of ${budget}. ${who}; then try again.`;
}

/** As `November 2026`. @param month as `2026-11` */
export function nameMonth(month: string): string {
	return MONTH.format(new Date(`${month}-01T00:00:00Z`));
}

export function formatUsd(usd: number): string {
	return DOLLARS.format(usd);
}

const MONTH = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });
const DOLLARS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 4 });
