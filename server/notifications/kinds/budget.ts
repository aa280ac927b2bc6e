import { z } from "zod";
import { defineKind } from "../notification-kind";

const DOLLARS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

export const budget = defineKind({
	title: "Budgets",
	description: "80 % of a budget that you may raise is spent, and all of it.",
	icon: "circle-dollar-sign",
	data: z.object({
		of: z.enum(["workflow", "team"]),
		name: z.string(),
		/** As `2026-11`. */
		month: z.string(),
		/** Percent. */
		threshold: z.number(),
		budgetUsd: z.number(),
		spentUsd: z.number(),
	}),
	isCounted: false,
	isForStrangers: false,
	isMailed: true,
	mailAfterSeconds: 60,
	describe: ({ data }) => titleOfBudget(data.name, data.threshold),
	excerpt: ({ data }) => describeBudget(data, data.of),
	path: ({ team }) => `/${team.slug}/costs`,
});

export function titleOfBudget(name: string, threshold: number): string {
	return threshold >= 100 ? `The budget of ${name} is spent` : `${threshold} % of the budget of ${name} is spent`;
}

interface Spent {
	threshold: number;
	budgetUsd: number;
	spentUsd: number;
}

/** How much that is, and what follows. */
export function describeBudget({ threshold, budgetUsd, spentUsd }: Spent, of: "workflow" | "team"): string {
	const amounts = `${DOLLARS.format(spentUsd)} of ${DOLLARS.format(budgetUsd)} this month.`;
	const where = of === "team" ? "under Settings, Budgets" : "in the workflow’s editor, under Budget";
	return threshold >= 100
		? `${amounts} No model that costs anything is asked until it is raised ${where}, or the month ends.`
		: `${amounts} Once all of it is spent, no model that costs anything is asked. It is raised ${where}.`;
}
