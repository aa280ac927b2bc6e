import { addDays } from "../schedules/calendar-days";
import type { Inputs, Outputs } from "../trpc/types";

export type CostGroup = Inputs["costs"]["read"]["by"];
export type Costs = Outputs["costs"]["read"];
export type CostRow = Costs["rows"][number];
export type CostMetric = "cost" | "tokens";

/** What the page of costs shows. */
export interface CostView {
	/** The last days up to today, or "custom". */
	range: "7" | "30" | "90" | "custom";
	/** Of a custom range. */
	from: string;
	to: string;
	/** The slug of a workflow; "" for all. */
	workflow: string;
	/** A provider, or a provider and a model after a space; "" for all. */
	model: string;
	by: CostGroup;
	metric: CostMetric;
}

/** The first day and the last. @param today as `2026-11-29` */
export function daysOf({ range, from, to }: CostView, today: string): { from: string; to: string } {
	if (range !== "custom") return { from: addDays(today, 1 - Number(range)), to: today };
	return from <= to ? { from, to } : { from: to, to: from };
}

/** What the server is asked to leave out. */
export function filterOf({ workflow, model }: CostView) {
	const [provider = "", ...name] = model.split(" ");
	return {
		...(workflow !== "" && { workflow }),
		...(provider !== "" && { provider }),
		...(name.length > 0 && { model: name.join(" ") }),
	};
}

export function allTokens(row: Costs["total"]): number {
	return row.inputTokens + row.cacheReadTokens + row.cacheWriteTokens + row.outputTokens + row.reasoningTokens;
}

const PURPOSES: Record<Exclude<NonNullable<CostRow["purpose"]>, "step">, string> = {
	"prompt-test": "Tests of prompts",
	"describe-workflow": "Workflows described in words",
	"explain-workflow": "Explained workflows",
	"explain-failure": "Explained failures",
};

/** What a row is called, and what stands beside it. */
export function nameRow(by: CostGroup, row: CostRow): { name: string; note: string } {
	const { purpose, workflow } = row;
	if (by === "day") return { name: row.day === null ? "" : formatDay(row.day), note: "" };
	if (by === "model") return { name: row.model ?? "", note: row.provider ?? "" };
	if (by === "workflow") return { name: workflow?.name ?? "Outside of workflows", note: "" };
	if (purpose !== null && purpose !== "step") return { name: PURPOSES[purpose], note: workflow?.name ?? "" };
	const note = workflow?.name ?? "";
	if (by === "step") return { name: row.nodeId ?? "", note };
	return { name: row.runNumber === null ? "Tried steps and removed runs" : `Run ${row.runNumber}`, note };
}

/** Where a row leads to. */
export function pathOfRow(team: string, by: CostGroup, { workflow, runNumber }: CostRow): string | undefined {
	if (workflow === null) return undefined;
	const page = `/${team}/workflows/${workflow.slug}`;
	return by === "run" && runNumber !== null ? `${page}/runs/${runNumber}` : page;
}

const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" });

export function formatDay(day: string): string {
	return DAY.format(Date.parse(day));
}
