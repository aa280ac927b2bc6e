import { describe, expect, test } from "vitest";
import type { Sql } from "@/db/client";
import { walkRun } from "@/server/execution/walk-run";
import { shell, testPlan } from "@/server/plan/test-plan";
import { isFragment } from "./crashing-sql";
import { readEvents, startPlan } from "./test-runs";
import { setUpServices } from "./test-worker";

const { database, worker } = await setUpServices();

/** A run that no engine drives, with two branches that meet again. */
async function startBranches(commands: { left?: string; right?: string } = {}): Promise<string> {
	const nodes = [shell("first"), shell("left", commands.left), shell("right", commands.right), shell("last")];
	const edges = ["first -> left", "first -> right", "left -> last", "right -> last"];
	return await startPlan(database, testPlan(nodes, edges));
}

/** A connection that fails with its n-th statement. */
function losing(nth: number): Sql {
	let count = 0;
	return new Proxy(database.sql, {
		apply: (target, self, args) =>
			!isFragment(args[0]) && ++count === nth
				? Promise.reject(new Error(`Statement ${nth} was lost.`))
				: Reflect.apply(target, self, args),
	});
}

async function completedSteps(runId: string): Promise<string[]> {
	const events = await readEvents(database, runId);
	return events.flatMap((event) => (event.type === "step.completed" ? [event.nodeId ?? ""] : [])).sort();
}

describe("a walk that loses a statement", () => {
	test.each([2, 3, 4, 5, 6, 7, 8, 9])(
		"its %i. one breaks off or goes on, and the next walk does what is missing",
		async (nth) => {
			const runId = await startBranches({ right: "sleep 0.1" });
			await walkRun({ ...worker.services, sql: losing(nth) }, runId).catch(() => undefined);
			expect(await walkRun(worker.services, runId)).toEqual({ status: "ended" });
			expect(await completedSteps(runId)).toEqual(["first", "last", "left", "right"]);
		},
	);
});
