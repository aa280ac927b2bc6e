import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { listChanges } from "../changes/list-changes";
import { mergeDrafts, NOTHING_CHOSEN } from "./merge-drafts";

const step = (id: string, command: string) => ({ id, config: { command } });
const edges = ["install>test", "test>tell"];
const base = testPlan([step("install", "npm ci"), step("test", "npm test"), step("tell", "mail")], edges);
const mine = testPlan(
	[step("install", "npm ci --fast"), step("test", "npm test -- --ci"), step("tell", "mail"), step("scan", "trivy")],
	[...edges, "install>scan"],
);
const theirs = testPlan([step("install", "pnpm install"), step("test", "npm test")], ["install>test"]);
const versions = { base, mine, theirs };
const titles = (rows: readonly { title: string }[]) => rows.map(({ title }) => title);
const commandOf = (plan: typeof base, id: string) => plan.nodes.find((node) => node.id === id)?.config.command;

describe("the merge of two drafts", () => {
	it("lists what fits together by who did it, and what contradicts by what it is about", () => {
		const { changes, groups, open } = mergeDrafts(versions, NOTHING_CHOSEN, { theirName: "Jonas" });
		expect(titles(changes.mine)).toEqual(["test", "scan"]);
		expect(titles(changes.theirs)).toEqual(["tell"]);
		expect(groups.map(({ key, conflicts }) => [key, conflicts.length])).toEqual([["node:install", 1]]);
		expect(open).toBe(1);
	});

	it("marks who did what, and where both contradict", () => {
		const { marks } = mergeDrafts(versions, NOTHING_CHOSEN, { theirName: "Jonas" });
		expect(Object.fromEntries(marks.nodes)).toEqual({
			install: { kind: "conflict", word: "1" },
			test: { kind: "changed", word: "you" },
			scan: { kind: "added", word: "you" },
			tell: { kind: "removed", word: "Jonas" },
		});
		expect(Object.fromEntries(marks.edges)).toEqual({ "install.out>scan": "added", "test.out>tell": "removed" });
	});

	it("takes the chosen side of a conflict", () => {
		const id = "node:install:config.command";
		for (const [side, command] of [
			["mine", "npm ci --fast"],
			["theirs", "pnpm install"],
		] as const) {
			const merge = mergeDrafts(versions, { ...NOTHING_CHOSEN, sides: { [id]: side } }, { theirName: "Jonas" });
			expect(commandOf(merge.plan, "install")).toBe(command);
			expect(merge.open).toBe(0);
		}
	});

	it("leaves out a change that is not taken, and keeps its row", () => {
		const left = { mine: new Set(["node:scan"]), theirs: new Set(["node:tell"]) };
		const { plan, changes, marks } = mergeDrafts(versions, { sides: {}, left }, { theirName: "Jonas" });
		expect(plan.nodes.map(({ id }) => id)).toEqual(["install", "test", "tell"]);
		expect([titles(changes.mine), titles(changes.theirs)]).toEqual([["test", "scan"], ["tell"]]);
		expect([...marks.nodes.keys()]).toEqual(["install", "test"]);
	});

	it("has no conflict left when one side's change of the step is not taken", () => {
		const both = {
			...mine,
			nodes: mine.nodes.map((node) => (node.id === "install" ? { ...node, name: "Set up" } : node)),
		};
		const left = { mine: new Set(["node:install"]), theirs: new Set<string>() };
		const before = mergeDrafts({ ...versions, mine: both }, NOTHING_CHOSEN, { theirName: "Jonas" });
		expect(titles(before.changes.mine)).toContain("Set up");
		const after = mergeDrafts({ ...versions, mine: both }, { sides: {}, left }, { theirName: "Jonas" });
		expect(after.groups).toEqual([]);
		expect(commandOf(after.plan, "install")).toBe("pnpm install");
	});

	it("is one conflict when one side removed what the other changed", () => {
		const changed = testPlan([step("install", "npm ci"), step("test", "npm test"), step("tell", "post")], edges);
		const removed = testPlan([step("install", "npm ci"), step("test", "npm test")], ["install>test"]);
		const { groups, changes } = mergeDrafts({ base, mine: changed, theirs: removed }, NOTHING_CHOSEN, {
			theirName: "Jonas",
		});
		expect(groups).toMatchObject([{ nodeId: "tell", conflicts: [{ kind: "removal", removedBy: "theirs" }] }]);
		expect([changes.mine, changes.theirs]).toEqual([[], []]);
	});

	it("keeps both new steps when both got the same id", () => {
		const one = testPlan([...["install", "test", "tell"], step("scan", "trivy")], []);
		const other = testPlan([...["install", "test", "tell"], step("scan", "snyk")], []);
		const start = testPlan(["install", "test", "tell"], []);
		const { plan, marks } = mergeDrafts({ base: start, mine: one, theirs: other }, NOTHING_CHOSEN, {
			theirName: "Jonas",
		});
		expect(listChanges(start, plan)).toHaveLength(2);
		expect([...marks.nodes.values()].map(({ word }) => word).sort()).toEqual(["Jonas", "you"]);
	});

	it("is the other draft when nothing was changed here", () => {
		const { plan, open } = mergeDrafts({ base, mine: base, theirs }, NOTHING_CHOSEN, { theirName: "Jonas" });
		expect(listChanges(theirs, plan)).toEqual([]);
		expect(open).toBe(0);
	});
});
