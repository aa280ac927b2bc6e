import { expect, it } from "vitest";
import type { NewRunEvent, RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState } from "@/server/runs/state";
import { itemsOf, NO_FILTER } from "./filter-log";
import { commandOf, type LogItem, marksOfRun, marksOfStep, mergeMarks } from "./log-marks";
import type { LogRow } from "./log-reader";

const events = [
	{ type: "step.started", data: { attempt: 1, maxAttempts: 3 } },
	{ type: "step.log", data: { lines: [] } },
	{ type: "step.retrying", data: { attempt: 1, error: { message: "exit 7\nmore" }, retryAt: 6_000 } },
	{ type: "step.started", data: { attempt: 2, maxAttempts: 3 } },
	{ type: "step.log", data: { lines: [] } },
	{ type: "step.completed", data: { attempt: 2, port: "out" } },
] satisfies Omit<NewRunEvent, "nodeId">[];
const recorded = events.map(
	(event, i): RunEvent => ({ nodeId: "deploy", iteration: "", ...event, seq: i + 1, at: i * 1_000 }) as RunEvent,
);
const line = (seq: number, text: string, level: LogRow["level"] = "stdout"): LogRow => ({
	key: `${seq}.0`,
	seq,
	nodeId: "deploy",
	iteration: "",
	at: seq,
	level,
	text,
});
const rows = [line(2, "pulling"), line(5, "verified", "stderr")];
const texts = (items: readonly LogItem[]) => items.map((item) => ("mark" in item ? item.mark.text : item.row.text));

it("groups a step's lines by attempt, each with its command and how it ended", () => {
	const step = foldRun(initialRunState, recorded).steps.deploy;
	const marks = step ? marksOfStep(step, { command: "$ ./deploy.sh", exitCode: 0 }) : [];
	expect(texts(mergeMarks(rows, marks, false))).toEqual([
		"attempt 1 of 3",
		"$ ./deploy.sh",
		"pulling",
		"exit 7 (after 2.0 s)",
		"attempt 2 of 3",
		"$ ./deploy.sh",
		"verified",
		"exit 0 after 2.0 s",
	]);
	expect(texts(mergeMarks(rows.slice(1), marks, true))).toEqual(["verified", "exit 0 after 2.0 s"]);
});

it("tells attempts and failures between the lines of a whole run", () => {
	const said = texts(mergeMarks(rows, marksOfRun(recorded), false));
	expect(said).toEqual(["pulling", expect.stringMatching(/^exit 7, again at /), "attempt 2 of 3", "verified"]);
});

it("shows the lines of a step or a level that hold what is searched for", () => {
	const log = {
		rows: [...rows, { ...line(7, "Pulling again"), nodeId: "other" }],
		marks: marksOfRun(recorded),
		earlier: false,
	};
	expect(texts(itemsOf(log, { ...NO_FILTER, query: "pull" }))).toEqual(["pulling", "Pulling again"]);
	expect(texts(itemsOf(log, { ...NO_FILTER, level: "stderr" }))).toEqual(["verified"]);
	expect(texts(itemsOf(log, { ...NO_FILTER, step: "other" }))).toEqual(["Pulling again"]);
});

it("names what a program step ran", () => {
	expect(commandOf("shell", { command: "npm test\n" })).toBe("$ npm test");
	expect(commandOf("http-request", { url: "https://example.com" })).toBe("GET https://example.com");
	expect(commandOf("condition", { when: "true" })).toBeUndefined();
});
