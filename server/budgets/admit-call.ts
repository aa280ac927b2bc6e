import type { Sql } from "@/db/client";
import { BudgetSpentError } from "@/server/errors";
import { type Payer, readBudget } from "./read-budget";

/**
 * Throws `BudgetSpentError`, with which budget it is and who raises it, once a budget is spent. Asked right before each call. Those
 * that are under way then are finished: beyond a budget goes no more than what was called at once costs.
 */
export async function admitCall(sql: Sql, payer: Payer): Promise<void> {
	const { spent } = await readBudget(sql, payer);
	if (spent) throw new BudgetSpentError(spent.message);
}
