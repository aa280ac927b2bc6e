import { expect, it } from "vitest";
import type { NewRunEvent, RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState } from "@/server/runs/state";
import { describePause } from "./describe-run";

const actor = { kind: "user", id: "u1", name: "Mara Lindqvist" } as const;
const started = (nodeId: string): NewRunEvent => ({
	type: "step.started",
	nodeId,
	data: { attempt: 1, maxAttempts: 1 },
});

function fold(...events: NewRunEvent[]) {
	return foldRun(
		initialRunState,
		events.map((event, i): RunEvent => ({ nodeId: null, iteration: "", ...event, seq: i + 1, at: i }) as RunEvent),
	);
}

it("says of a paused run which steps still run to their end", () => {
	const paused: NewRunEvent = { type: "run.paused", data: { actor } };
	const ended: NewRunEvent = { type: "step.completed", nodeId: "a", data: { attempt: 1, port: "out" } };
	expect(describePause(fold(started("a"), started("b"), paused))).toBe(
		"Paused: 2 running steps finish first, nothing new starts",
	);
	expect(describePause(fold(started("a"), started("b"), paused, ended))).toBe(
		"Paused: 1 running step finishes first, nothing new starts",
	);
	expect(describePause(fold(started("a"), paused, ended))).toBe("Paused: nothing starts until you resume");
});
