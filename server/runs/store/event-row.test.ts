import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type EventUpgrades, readEventRow, toRunEvent } from "./event-row";

const row = { seq: 3, nodeId: "ask", iteration: "", at: new Date(1_000) };
const base = { seq: 3, nodeId: "ask", iteration: "", at: 1_000 };

test("an event as the first release recorded it is read as it was", () => {
	const data = { for: "approval", message: "Well?", fields: [{ type: "text", name: "why" }], approvers: [] };
	expect(toRunEvent({ ...row, type: "step.waiting", data })).toEqual({
		...base,
		type: "step.waiting",
		data: { ...data, fields: [{ type: "text", name: "why", required: false }] },
	});
});

test("an event of an earlier form is brought forward, under another name if need be", () => {
	const upgrades: EventUpgrades = {
		"step.comment": ({ type, data }) => ({ type, data: { text: Reflect.get(Object(data), "comment") } }),
		"step.said": ({ data }) => ({ type: "step.comment", data }),
	};
	const read = (type: string, data: object) => readEventRow({ ...row, type, data }, upgrades);
	const comment = { ...base, type: "step.comment", data: { text: "done" } };
	expect(read("step.comment", { comment: "done" })).toEqual(comment);
	expect(read("step.said", { text: "done" })).toEqual(comment);
	expect(read("step.comment", { text: "done" })).toEqual(comment);
});

test.each([
	["step.completed", { attempt: "first" }],
	["step.completed", null],
	["step.of-tomorrow", {}],
	["constructor", {}],
])("%s with %j keeps its place, and is told as what cannot be read", (type, data) => {
	expect(toRunEvent({ ...row, type, data })).toEqual({ ...base, type: "run.unreadable", data: { type } });
});

/** They ask when something was recorded, copy it as it stands, or find lines by their words; what it says is read elsewhere. */
const READ_NO_EVENT = [
	"server/execution/step/run-history.ts",
	"server/runs/chores/request-lost-runs.ts",
	"server/runs/fork/find-cut.ts",
	"server/runs/store/copy-fork.ts",
];

test("nobody else reads recorded events", () => {
	const root = join(import.meta.dirname, "../../..");
	const files = ["server", "inngest", "app"].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
	);
	const readers = files.filter(
		(file) => /(?<!\.test)\.ts$/.test(file) && /from run_events\b/.test(readFileSync(join(root, file), "utf8")),
	);
	const whole = readers.filter((file) => !/toRunEvent/.test(readFileSync(join(root, file), "utf8")));
	expect(whole.sort()).toEqual(READ_NO_EVENT);
});
