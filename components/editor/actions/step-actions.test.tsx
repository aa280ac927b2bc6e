// @vitest-environment happy-dom
import { act, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { choose, ctrl, findAction, line, loop, openActions, openTestBrowser, press } from "./test-actions";

openTestBrowser();

describe("disabling", () => {
	it("puts all selected steps aside, and enables them the second time", () => {
		const { plan, said } = openActions(line, { selected: ["a", "b"] });
		press("d");
		expect(plan().nodes.map(({ disabled }) => disabled ?? false)).toEqual([true, true, false]);
		expect(said()).toBe("Disabled: runs skip it.");
		press("d");
		expect(plan().nodes.some(({ disabled }) => disabled)).toBe(false);
		expect(said()).toBe("Enabled.");
	});
});

describe("aligning", () => {
	it("moves the selected steps, as one edit, and says when they stand so already", async () => {
		const { plan, past, said } = openActions(line, { selected: ["a", "b"] });
		await choose("Align top");
		await waitFor(() => expect(past()).toEqual(["Align top"]));
		expect(plan().nodes[1]?.position.y).toBe(plan().nodes[0]?.position.y);
		await choose("Align top");
		await waitFor(() => expect(said()).toBe("They are already aligned."));
		expect(past()).toEqual(["Align top"]);
	});

	it("is refused for one step alone", async () => {
		openActions(line, { selected: ["a"] });
		expect((await findAction("Align top")).textContent).toContain("select two or more steps");
	});
});

describe("steps without the mouse", () => {
	it("begin with the first one on an empty canvas", () => {
		const { session } = openActions(testPlan([], []));
		press("a");
		expect(session.state.getState().picking?.place).toEqual({ kind: "at", at: { x: 0, y: 0 } });
	});

	it("are put between two where something follows, and refused where nothing does", async () => {
		const { session, select } = openActions(line, { selected: ["a"] });
		press("i");
		expect(session.state.getState().picking?.place).toMatchObject({ kind: "edge" });
		act(() => session.state.setState({ picking: null }));
		select({ nodes: ["c"] });
		press("i");
		expect(session.state.getState().picking).toBeNull();
		expect((await findAction("Insert a step")).textContent).toContain("nothing follows this step");
	});

	it("are put inside an open container, and not in a closed one", () => {
		const { session } = openActions(loop, { selected: ["each"] });
		press("A", { shiftKey: true });
		expect(session.state.getState().picking?.place).toMatchObject({ from: "in" });
		act(() => session.state.setState({ picking: null }));
		press("e");
		press("A", { shiftKey: true });
		expect(session.state.getState().picking).toBeNull();
	});

	it("are put aside with a note, which is written at once and undone as one edit", () => {
		const { session, plan, said } = openActions();
		press("n");
		expect(plan().notes).toHaveLength(1);
		expect(session.state.getState().writing).toBe(plan().notes[0]?.id);
		expect(said()).toBe("Added a note.");
		ctrl("z");
		expect(plan()).toBe(line);
	});
});
