import { countOf } from "@/server/nodes/summary-text";
import { describeBudget, titleOfBudget } from "@/server/notifications/kinds/budget";
import { nth } from "@/server/notifications/kinds/workflow-failing";
import { shorten } from "@/server/notifications/run-place";
import type { FailureText } from "@/server/plan/node-definition";
import type { JsonObject } from "@/server/plan/values/json";
import { hidePrivate } from "@/server/sharing/hide-private";

interface Told {
	team: { slug: string; name: string };
	workflow: { slug: string; name: string };
	run: { number: number; url: string };
	/** How many runs have failed in a row. */
	failures: number;
}

interface Failed extends Told {
	change: "failed";
	/** The step that failed, as it is called; null where the run failed as a whole. */
	step: string | null;
	/** Why, without the run's secrets. */
	error: string;
}

interface Recovered extends Told {
	change: "recovered";
	/** Since the first failure. */
	seconds: number;
}

/** A budget of which a part is spent. */
export interface ToldBudget {
	/** As `2026-11`. */
	month: string;
	/** Percent. */
	threshold: number;
	budgetUsd: number;
	spentUsd: number;
}

interface BudgetSpent {
	change: "budget";
	team: { slug: string; name: string };
	/** Null for the budget of the team. */
	workflow: { slug: string; name: string } | null;
	url: string;
	budget: ToldBudget;
}

/** What is told of a workflow. It leaves the team: nothing that looks like a key, or private, is in it. */
export function composeNotice(told: Failed | Recovered | BudgetSpent): FailureText {
	if (told.change === "budget") return composeBudget(told);
	const { team, workflow, run, failures } = told;
	const link = { text: `Open run ${run.number}`, url: run.url };
	const about = { team, workflow, run, failures };
	return told.change === "failed"
		? { ...composeFailure(told, about), link }
		: { ...composeRecovery(told, about), link };
}

function composeFailure({ workflow, run, failures, step, error }: Failed, about: JsonObject): FailureText {
	const place = step === null ? "" : ` at “${shorten(step)}”`;
	const often = failures === 1 ? "" : `, the ${nth(failures)} in a row`;
	const excerpt = shorten(hidePrivate(error));
	return {
		title: `${workflow.name} failed`,
		text: `Run ${run.number} failed${place}${often}. Further failures are not told until it works again.`,
		excerpt,
		event: "workflow.failed",
		data: { ...about, step, error: excerpt },
	};
}

function composeRecovery({ workflow, run, failures, seconds }: Recovered, about: JsonObject): FailureText {
	return {
		title: `${workflow.name} works again`,
		text: `Run ${run.number} completed after ${countOf(failures, "failed run")}. ${describeDowntime(seconds)}`,
		event: "workflow.recovered",
		data: { ...about, downSeconds: Math.round(seconds) },
	};
}

function composeBudget({ team, workflow, url, budget }: BudgetSpent): FailureText {
	const name = workflow?.name ?? team.name;
	return {
		title: titleOfBudget(name, budget.threshold),
		text: describeBudget(budget, workflow ? "workflow" : "team"),
		link: { text: "Open the costs", url },
		event: budget.threshold >= 100 ? "budget.spent" : "budget.warning",
		data: { team, workflow, ...budget },
	};
}

/** What a test message says. */
export function composeTest(team: { slug: string; name: string }, url: string): FailureText {
	return {
		title: `Test message of ${team.name}`,
		text: "Here you are told when a workflow begins to fail, and when it works again. Nothing has failed now.",
		link: { text: "Open Weft", url },
		event: "workflow.test",
		data: { team },
	};
}

/** In two units at most. */
export function describeDowntime(seconds: number): string {
	return `It was down for ${describeSpan(Math.max(1, Math.round(seconds)))}.`;
}

function describeSpan(seconds: number): string {
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 60) return `${minutes} min`;
	const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
	if (hours < 48) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
	return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
