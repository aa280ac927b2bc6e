// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { ctrl, findAction, line, loop, noted, openActions, openTestBrowser, press } from "./test-actions";

openTestBrowser();

describe("undoing and redoing", () => {
	it("take the plan back and forth, and say what it was", async () => {
		const { plan, said } = openActions(line, { selected: ["b"] });
		press("Delete");
		const removed = plan();
		ctrl("z");
		expect(plan()).toBe(line);
		expect(said()).toBe("Undone: Remove.");
		press("z", { ctrlKey: true, shiftKey: true });
		expect(plan()).toBe(removed);
		expect(said()).toBe("Redone: Remove.");
		ctrl("z");
		ctrl("y");
		expect(plan()).toBe(removed);
	});

	it("are refused with their reason where nothing was done", async () => {
		openActions();
		const undo = await findAction("Undo");
		expect(undo.getAttribute("aria-disabled")).toBe("true");
		expect(undo.textContent).toContain("nothing to undo");
	});
});

describe("removing", () => {
	it("takes a step out of its line, which stays connected", () => {
		const { plan, ids, said } = openActions(line, { selected: ["b"] });
		press("Backspace");
		expect(ids()).toEqual(["a", "c"]);
		expect(plan().edges).toEqual([{ from: "a", port: "out", to: "c" }]);
		expect(said()).toBe("Removed b.");
	});

	it("says what was removed: steps, notes and connections by their own names", () => {
		const { select, said } = openActions(noted);
		select({ notes: ["n"] });
		press("Delete");
		expect(said()).toBe("Removed 1 note.");
		ctrl("z");
		select({ nodes: ["a", "b"], notes: ["n"] });
		press("Delete");
		expect(said()).toBe("Removed 2 steps and 1 note.");
		ctrl("z");
		select({ edges: ["a.out>b"] });
		press("Delete");
		expect(said()).toBe("Removed a connection.");
		ctrl("z");
		select({ edges: ["a.out>b", "b.out>c"] });
		press("Delete");
		expect(said()).toBe("Removed 2 connections.");
	});

	it("names a step that has no name", () => {
		const { said } = openActions(testPlan([{ id: "a", name: " " }], []), { selected: ["a"] });
		press("Delete");
		expect(said()).toBe("Removed a step without a name.");
	});

	it("does nothing the second time, when nothing is selected any more", () => {
		const { ids, past } = openActions(line, { selected: ["b"] });
		press("Delete");
		press("Delete");
		expect(ids()).toEqual(["a", "c"]);
		expect(past()).toEqual(["Remove"]);
	});

	it("takes three hundred steps at once, and one undo brings them back", () => {
		const many = testPlan(
			Array.from({ length: 300 }, (_, i) => `s${i}`),
			Array.from({ length: 299 }, (_, i) => `s${i}>s${i + 1}`),
		);
		const { plan, ids, said } = openActions(many);
		ctrl("a");
		expect(said()).toBe("Selected 300 steps.");
		press("Delete");
		expect(ids()).toEqual([]);
		ctrl("z");
		expect(plan()).toBe(many);
	});

	it("leaves the plan alone while something is typed", () => {
		const { ids } = openActions(line, { selected: ["b"] });
		const field = screen.getByRole("textbox", { name: "A field" });
		press("Delete", {}, field);
		press("d", {}, field);
		expect(ids()).toEqual(["a", "b", "c"]);
		press("Delete");
		press("z", { ctrlKey: true }, field);
		expect(ids()).toEqual(["a", "b", "c"]);
	});
});

describe("selecting everything", () => {
	it("takes steps and notes, and says so where there is nothing", () => {
		const { selection, said } = openActions(noted);
		ctrl("a");
		expect(selection()).toEqual({ nodes: ["a", "b", "c"], notes: ["n"], edges: [] });
		expect(said()).toBe("Selected 3 steps and 1 note.");
		cleanup();
		const empty = openActions(testPlan([], []));
		ctrl("a");
		expect(empty.said()).toBe("There is nothing to select.");
	});

	it("lets a closed container stand for what is inside", () => {
		const { selection } = openActions(loop, { collapsed: ["each"] });
		ctrl("a");
		expect(selection().nodes).toEqual(["each"]);
	});
});

describe("the list of actions", () => {
	it("finds actions by every word, and says when none fits", async () => {
		openActions();
		await findAction("Undo");
		const search = screen.getByRole("combobox");
		fireEvent.change(search, { target: { value: "right align" } });
		expect(screen.getByRole("option", { name: /^Align right/ })).toBeDefined();
		expect(screen.queryByRole("option", { name: /^Undo/ })).toBeNull();
		fireEvent.change(search, { target: { value: "nothing like it" } });
		expect(screen.getByText("Nothing matches “nothing like it”.")).toBeDefined();
	});

	it("keeps the canvas from hearing keys while it is open", async () => {
		const { ids } = openActions(line, { selected: ["b"] });
		await findAction("Undo");
		press("Delete");
		expect(ids()).toEqual(["a", "b", "c"]);
	});
});
