// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestFrame } from "@/components/trpc/test-frame";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { createTestEditor } from "../test-editor";
import { ActionsContext, createActionsStore } from "./actions-context";
import { CommandPalette } from "./command-palette";
import { useActionKeys, useCanvasActions, useClipboard } from "./use-actions";

const writeText = vi.fn(async (_text: string) => {});
const readText = vi.fn(async () => "");

beforeEach(() => {
	vi.stubGlobal("ResizeObserver", StillObserver);
	vi.stubGlobal("navigator", { userAgent: "test", clipboard: { writeText, readText } });
	writeText.mockReset().mockResolvedValue(undefined);
});
afterEach(() => {
	cleanup();
	vi.unstubAllGlobals();
});

const line = testPlan(
	[
		{ id: "a", position: { x: 248, y: 0 } },
		{ id: "b", position: { x: 496, y: 40 } },
		{ id: "c", position: { x: 744, y: 0 } },
	],
	["a>b", "b>c"],
);
const loop = testPlan(
	[
		{ id: "each", type: "for-each", config: { items: ["eu"] }, position: { x: 248, y: 0 } },
		{ id: "in", parent: "each", position: { x: 40, y: 40 } },
	],
	[],
);
const noted: Plan = { ...line, notes: [{ id: "n", text: "Why", position: { x: 0, y: 400 }, width: 200, height: 80 }] };

/** The actions of an open editor, with their keys and the list of all of them. */
function openActions(plan: Plan = line, options: Parameters<typeof createTestEditor>[1] = {}) {
	const { editor, session, around, said } = createTestEditor(plan, options);
	const available = createActionsStore();
	const { frame } = createTestFrame({ "workflows.list": () => [] });
	render(
		frame(
			around(
				<ActionsContext value={available}>
					<Actions onActions={(actions) => available.setState({ actions })} />
					<input aria-label="A field" />
					<CommandPalette team="acme" slug="release" name="Release" />
				</ActionsContext>,
			),
		),
	);
	return {
		session,
		said,
		select: (selection: Parameters<ReturnType<typeof editor.getState>["select"]>[0]) =>
			act(() => editor.getState().select(selection)),
		plan: () => editor.getState().plan,
		selection: () => editor.getState().selection,
		ids: () => editor.getState().plan.nodes.map(({ id }) => id),
		past: () => editor.getState().history.past.map(({ label }) => label),
	};
}

function Actions({ onActions }: { onActions: (actions: ReturnType<typeof useCanvasActions>) => void }) {
	const actions = useCanvasActions();
	useActionKeys(actions);
	useClipboard(true);
	onActions(actions);
	return null;
}

const press = (key: string, held: KeyboardEventInit = {}, target: Element | Window = window) =>
	fireEvent.keyDown(target, { key, ...held });
const ctrl = (key: string) => press(key, { ctrlKey: true });

/** The row of an action in the list of all of them, by how its title begins. */
async function findAction(title: string): Promise<HTMLElement> {
	ctrl("k");
	const dialog = within(await screen.findByRole("dialog", { name: "Commands" }));
	return dialog.getByRole("option", { name: new RegExp(`^${title}`) });
}

async function choose(title: string): Promise<void> {
	fireEvent.click(await findAction(title));
	await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
}

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

describe("duplicating", () => {
	it("puts copies beside, selects them, and leaves the others alone", () => {
		const { ids, selection, said, plan } = openActions(line, { selected: ["a", "b"] });
		ctrl("d");
		expect(ids()).toEqual(["a", "b", "c", "a_2", "b_2"]);
		expect(selection().nodes).toEqual(["a_2", "b_2"]);
		expect(plan().edges).toContainEqual({ from: "a_2", port: "out", to: "b_2" });
		expect(said()).toBe("Duplicated 2 steps.");
	});

	it("is refused for a connection alone", async () => {
		const { select, past } = openActions();
		select({ edges: ["a.out>b"] });
		ctrl("d");
		expect(past()).toEqual([]);
		expect((await findAction("Duplicate")).textContent).toContain("no step or note is selected");
	});
});

describe("cutting and copying from the list of actions", () => {
	it("take a step off the canvas once the browser has its text", async () => {
		const { ids, said } = openActions(line, { selected: ["b"] });
		await choose("Cut");
		await waitFor(() => expect(ids()).toEqual(["a", "c"]));
		expect(writeText.mock.lastCall?.[0]).toContain("id: b");
		expect(said()).toBe("Cut 1 step.");
	});

	it("leave it there where the browser refuses", async () => {
		writeText.mockRejectedValue(new Error("not allowed"));
		const { ids, past } = openActions(line, { selected: ["b"] });
		await choose("Cut");
		await waitFor(() => expect(writeText).toHaveBeenCalled());
		await act(async () => {});
		expect([ids(), past()]).toEqual([["a", "b", "c"], []]);
	});

	it("leave it there where the browser has no clipboard, as without https", async () => {
		vi.stubGlobal("navigator", { userAgent: "test" });
		const { ids, said } = openActions(line, { selected: ["b"] });
		await choose("Cut");
		await act(async () => {});
		expect([ids(), said()]).toEqual([["a", "b", "c"], ""]);
	});

	it("say what was copied", async () => {
		const { select, said } = openActions(noted);
		select({ notes: ["n"] });
		await choose("Copy(?! the reference)");
		await waitFor(() => expect(said()).toBe("Copied 1 note."));
	});

	it("are refused for a connection alone, which is not removed", async () => {
		const { select, plan } = openActions();
		select({ edges: ["a.out>b"] });
		const cut = await findAction("Cut");
		expect(cut.getAttribute("aria-disabled")).toBe("true");
		expect(plan()).toBe(line);
	});
});

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

class StillObserver {
	observe() {}
	unobserve() {}
	disconnect() {}
}
