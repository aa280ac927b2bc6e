import { z } from "zod";
import { countOf } from "../../nodes/summary-text";
import { defineKind } from "../notification-kind";
import { runPath } from "../run-place";

export const workflowFailing = defineKind({
	title: "Failing workflows",
	description: "A workflow of which you are told begins to fail, or works again.",
	icon: "heart-pulse",
	data: z.object({
		change: z.enum(["failed", "recovered", "test"]),
		/** How many runs have failed in a row so far. */
		failures: z.number(),
		/** Why it fails, or for how long it did. */
		excerpt: z.string().optional(),
		nodeId: z.string().optional(),
	}),
	isCounted: false,
	isForStrangers: false,
	isMailed: true,
	mailAfterSeconds: 60,
	describe({ data: { change, failures }, workflow, runNumber }) {
		const name = workflow?.name ?? "A workflow";
		if (change === "test") return "This is a test: here you are told when workflows fail";
		if (change === "recovered") return `${name} works again after ${countOf(failures, "failed run")}`;
		return failures === 1
			? `${name} fails: run ${runNumber ?? ""}`
			: `${name} fails, for the ${nth(failures)} time in a row`;
	},
	excerpt: ({ data }) => data.excerpt,
	path: ({ data, ...happening }) => runPath(happening, data),
});

/** An ordinal in digits: `2nd`, `13th`. */
export function nth(number: number): string {
	const rule = ORDINALS.select(number);
	return `${number}${SUFFIXES[rule] ?? "th"}`;
}

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };
