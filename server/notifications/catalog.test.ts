import { expect, test } from "vitest";
import { describeNotification, isKindName, KIND_NAMES, type KindName, kindOf } from "./catalog";
import { shorten } from "./run-place";

const run = {
	count: 1,
	team: { slug: "acme", name: "Acme" },
	workflow: { slug: "port", name: "Port a module" },
	runNumber: 12,
	isAddressVerified: false,
};
const told = (kind: KindName, data: object, more: Partial<typeof run> = {}) =>
	describeNotification(kind, { ...run, ...more, data });

test("a mention leads to its comment", () => {
	const data = { by: "Mara", excerpt: "Look", commentId: "c1", nodeId: "each", iteration: "0.1" };
	expect(told("mention", data)).toMatchObject({
		sentence: "Mara mentioned you in run 12 of Port a module",
		excerpt: "Look",
		path: "/acme/workflows/port/runs/12?step=each&at=0.1#comment-c1",
	});
});

test("an approval leads to the step that asks", () => {
	expect(told("approval", { nodeId: "ask", iteration: "", excerpt: "Ship it?" })).toMatchObject({
		sentence: "Run 12 of Port a module waits for your decision",
		excerpt: "Ship it?",
		path: "/acme/workflows/port/runs/12?step=ask",
	});
});

test("one failure leads to its run, several to the runs of the workflow", () => {
	const data = { excerpt: "no such file", nodeId: "build" };
	expect(told("run-failed", data)).toMatchObject({
		sentence: "Run 12 of Port a module failed",
		path: "/acme/workflows/port/runs/12?step=build",
	});
	expect(told("run-failed", data, { count: 3 })).toMatchObject({
		sentence: "3 runs of Port a module failed within the hour",
		path: "/acme/workflows/port?tab=runs",
	});
});

test("a schedule that did not start what it should leads to the schedules", () => {
	const data = { name: "Sweep", excerpt: "4 times without a run. Weft was not running at that time." };
	expect(told("schedule-missed", data)).toMatchObject({
		sentence: "Sweep did not start as its schedule says",
		excerpt: data.excerpt,
		path: "/acme/schedules",
	});
	expect(told("schedule-missed", data, { count: 2 })?.sentence).toMatch(/, 2 times within the hour$/);
});

test("an invitation leads on only whoever has shown that the address is theirs", () => {
	const data = { invitationId: "i1", inviter: "Mara", role: "editor" };
	const sentence = "Mara invites you to the team Acme as editor";
	expect(told("invitation", data)).toMatchObject({ sentence, path: null });
	expect(told("invitation", data, { isAddressVerified: true })).toMatchObject({ sentence, path: "/join/i1" });
});

test("what becomes of a template leads to it: administrators in their own team, whoever published it in theirs", () => {
	const template = { slug: "port-1a2b", name: "Port a module", version: 2 };
	expect(told("template-review", { ...template, templateId: "t1" })).toMatchObject({
		sentence: "Acme asks you to show version 2 of Port a module to everybody",
		path: "/templates/port-1a2b",
	});
	expect(told("template-decision", { ...template, verdict: "approved" })).toMatchObject({
		sentence: "Version 2 of Port a module was approved: everybody sees it",
		excerpt: undefined,
		path: "/acme/templates/port-1a2b",
	});
});

test.each(KIND_NAMES)("%s says nothing of data that it does not know", (name) => {
	expect(told(name, { something: "else" })).toBeUndefined();
	expect(kindOf(name).title).not.toBe("");
});

test("only kinds of the catalog are kinds", () => {
	expect(["mention", "toString", ""].map(isKindName)).toEqual([true, false, false]);
});

test("excerpts are one line of at most 200 characters, and cut no character in two", () => {
	expect(shorten(" a\n\tb ")).toBe("a b");
	expect(shorten("👍".repeat(300))).toBe(`${"👍".repeat(199)}…`);
});
