import { expect, test } from "vitest";
import { planChangeSchema } from "@/server/plan/changes/plan-change";
import { beginRound, changesOf, dropRound, NOTHING_DESCRIBED, takeNews } from "./describing-state";

const change = (id: string) => planChangeSchema.parse({ do: "step", id, type: "shell", config: { command: "true" } });

test("a round that is whole stays, and one that is stopped or fails leaves nothing, whatever of it had come", () => {
	let state = beginRound(NOTHING_DESCRIBED, "Say hello");
	state = takeNews(state, { type: "change", change: change("hello") });
	state = takeNews(state, { type: "cost", model: "m", costUsd: 0.02, estimated: false });
	state = takeNews(state, { type: "done", left: [] });
	expect(changesOf(state).map((each) => "id" in each && each.id)).toEqual(["hello"]);
	const cut = takeNews(beginRound(state, "And goodbye"), { type: "change", change: change("bye") });
	expect(changesOf(cut)).toHaveLength(2);
	expect(changesOf(takeNews(cut, { type: "failed", message: "The answer broke off." }))).toHaveLength(1);
	expect(takeNews(cut, { type: "failed", message: "The answer broke off." }).failure).toBe("The answer broke off.");
	const stopped = dropRound(cut, null);
	expect(changesOf(takeNews(stopped, { type: "change", change: change("late") }))).toHaveLength(1);
	expect(stopped.costUsd).toBe(0.02);
});
