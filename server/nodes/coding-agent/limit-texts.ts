/** Why an agent was ended by a limit of its step, and which one to raise. */
export const limitTexts = {
	turns: (most: number) => `It reached its limit of ${most} turns. Raise “Turns at most”, or ask for less.`,
	minutes: (most: number) => `It reached its limit of ${most} minutes. Raise “Minutes at most”, or ask for less.`,
	/** @param leftUsd of the step's own limit and of all budgets, what was the least as it began */
	cost: (leftUsd: number) =>
		`It was stopped, as it cost more than the $${Number(leftUsd.toPrecision(3))} left. Raise “Cost at most ($)”, or the budget that is nearly spent.`,
	spent: (mostUsd: number) =>
		`Nothing is left of the $${mostUsd} that it may cost. Raise “Cost at most ($)”, or ask for less.`,
};
