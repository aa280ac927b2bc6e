// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { NewRunEvent, RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState, type StepState } from "@/server/runs/state";
import { decisionWords } from "./decision-words";
import { StepTurns } from "./step-turns";

afterEach(cleanup);

const turn = (number: number, text: string): NewRunEvent => ({
	type: "agent.turn",
	data: { turn: number, text, model: "m", ms: 1_200, tokens: 1_500, costUsd: 0.03 },
});
const call = (id: string, number: number, input: string): NewRunEvent => {
	return { type: "agent.call", data: { turn: number, id, tool: "shell", input } };
};
const EVENTS: NewRunEvent[] = [
	turn(1, "I look at the log first.\nThen at the rest."),
	call("a", 1, "command: cat log"),
	{ type: "agent.result", data: { id: "a", state: "lost", text: "", characters: 0, ms: 0 } },
	turn(2, ""),
	call("b", 2, "command: restart"),
	{ type: "agent.result", data: { id: "b", state: "ok", text: "done", characters: 4, ms: 0, edited: true } },
	{ type: "agent.note", data: { turn: 2, text: "Ada raised the limit to 9 turns." } },
	{ type: "agent.note", data: { turn: 2, text: "Summed up.", tokens: 500, costUsd: 0.01 } },
];

function agentStep(): StepState {
	const events = EVENTS.map((event, index) => ({ ...event, seq: index + 1, at: index, nodeId: "work", iteration: "" }));
	const step = foldRun(initialRunState, events as RunEvent[]).steps.work;
	if (step === undefined) throw new Error("There is no such step.");
	return step;
}

test("turns are folded but the last, with what they took, and each shows its calls and how they ended", () => {
	render(<StepTurns step={agentStep()} limits={{ turns: 30, costUsd: 2 }} showsText />);
	expect(screen.getByText("turn 2 of 30 · 3,500 tokens · $0.0700 of $2.00")).toBeDefined();
	const [first, last] = within(screen.getByRole("list", { name: "Turns" })).getAllByRole("listitem");
	if (!first || !last) throw new Error("There are no turns.");
	expect(within(last).getByText("command: restart")).toBeDefined();
	expect(within(last).getByText("Ada raised the limit to 9 turns.")).toBeDefined();
	expect(within(last).getByText("edited")).toBeDefined();
	expect(within(first).queryByText("result lost")).toBeNull();
	fireEvent.click(within(first).getByRole("button", { name: /I look at the log first\./ }));
	expect(within(first).getByText("result lost")).toBeDefined();
});

test("where outputs are not shown, neither is what an agent said and called", () => {
	render(<StepTurns step={agentStep()} limits={undefined} showsText={false} />);
	expect(screen.queryByText(/command: restart|I look at the log/)).toBeNull();
	expect(screen.getByText("turn 2 · 3,500 tokens · $0.0700")).toBeDefined();
});

test("what a step asks while it works is answered in words of its own", () => {
	const wait = { for: "approval" as const, message: "?", fields: [], approvers: [] };
	expect(decisionWords(wait).approve).toBe("Approve");
	expect(decisionWords({ ...wait, by: "question" }).approve).toBe("Send answer");
	expect(decisionWords({ ...wait, by: "permission" }).decline).toBe("Refuse");
	expect(decisionWords({ ...wait, by: "limit" }).approve).toBe("Raise and continue");
	expect(decisionWords({ ...wait, by: "limit" }).declined).toBe("Stopped. The step fails.");
});
