import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { createTestFrame } from "@/components/trpc/test-frame";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { createTestEditor } from "../test-editor";
import { ActionsContext, createActionsStore } from "./actions-context";
import { CommandPalette } from "./command-palette";
import { useActionKeys, useCanvasActions, useClipboard } from "./use-actions";

export const writeText = vi.fn(async (_text: string) => {});

/** Gives each test a browser with a clipboard. */
export function openTestBrowser(): void {
	beforeEach(() => {
		vi.stubGlobal("ResizeObserver", StillObserver);
		vi.stubGlobal("navigator", { userAgent: "test", clipboard: { writeText, readText: async () => "" } });
		writeText.mockReset().mockResolvedValue(undefined);
	});
	afterEach(() => {
		cleanup();
		vi.unstubAllGlobals();
	});
}

export const line = testPlan(
	[
		{ id: "a", position: { x: 248, y: 0 } },
		{ id: "b", position: { x: 496, y: 40 } },
		{ id: "c", position: { x: 744, y: 0 } },
	],
	["a>b", "b>c"],
);
export const loop = testPlan(
	[
		{ id: "each", type: "for-each", config: { items: ["eu"] }, position: { x: 248, y: 0 } },
		{ id: "in", parent: "each", position: { x: 40, y: 40 } },
	],
	[],
);
export const noted: Plan = {
	...line,
	notes: [{ id: "n", text: "Why", position: { x: 0, y: 400 }, width: 200, height: 80 }],
};

/** The actions of an open editor, with their keys and the list of all of them. */
export function openActions(plan: Plan = line, options: Parameters<typeof createTestEditor>[1] = {}) {
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

export const press = (key: string, held: KeyboardEventInit = {}, target: Element | Window = window) =>
	fireEvent.keyDown(target, { key, ...held });
export const ctrl = (key: string) => press(key, { ctrlKey: true });

/** The row of an action in the list of all of them, by how its title begins. */
export async function findAction(title: string): Promise<HTMLElement> {
	ctrl("k");
	const dialog = within(await screen.findByRole("dialog", { name: "Commands" }));
	return dialog.getByRole("option", { name: new RegExp(`^${title}`) });
}

export async function choose(title: string): Promise<void> {
	fireEvent.click(await findAction(title));
	await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
}

class StillObserver {
	observe() {}
	unobserve() {}
	disconnect() {}
}
