// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { type ComponentProps, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useStore } from "zustand";
import { type Answers, createTestFrame, Refusal } from "@/components/trpc/test-frame";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { hashPlan } from "@/server/plan/hash-plan";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { ActionsContext, createActionsStore } from "../actions/actions-context";
import { EditorTools } from "../editor-tools";
import { createPresenceStore } from "../presence/presence-store";
import type { SavingPhase } from "../saving/saving-state";
import { createTestDraft, createTestEditor, createTestSaving } from "../test-editor";
import { useEditorViews } from "../use-editor-views";
import { EditorTopBar } from "./editor-top-bar";

beforeEach(() => vi.stubGlobal("ResizeObserver", StillObserver));
afterEach(() => {
	cleanup();
	vi.unstubAllGlobals();
});

const plan = testPlan(["a", "b"], ["a>b"]);
const wrong = testPlan([{ id: "a", config: { command: "echo {{ steps.nobody.output.x }}" } }], []);
const published = { version: 3, publishedHash: hashPlan(plan) };

interface Options {
	of?: Plan;
	draft?: Parameters<typeof createTestDraft>[1];
	phase?: SavingPhase;
	isKept?: boolean;
	tab?: "workflow" | "runs";
	unapplied?: number;
	answers?: Answers;
}

/** The bar over an editor with everything that can be done in it. */
function openBar(options: Options = {}) {
	const { of = plan, phase, isKept, tab = "workflow", unapplied = 0, answers = {} } = options;
	const { editor, around } = createTestEditor(of);
	const saving = createTestSaving(of, phase, isKept);
	const draft = createTestDraft(of, options.draft);
	const changePanels = vi.fn();
	const { frame, router, onError } = createTestFrame({ "workflows.list": () => [], ...answers });
	const panels: PageProps["panels"] = [{ palette: true, inspector: true, bottom: null }, changePanels];
	render(
		frame(
			<SearchParamsContext value={new URLSearchParams()}>
				{around(<Page draft={draft} saving={saving} panels={panels} tab={tab} unapplied={unapplied} />)}
			</SearchParamsContext>,
		),
	);
	return { editor, saving, changePanels, router, onError };
}

interface PageProps extends Pick<ComponentProps<typeof EditorTools>, "draft" | "saving" | "panels"> {
	tab: "workflow" | "runs";
	unapplied: number;
}

function Page({ tab, unapplied, ...given }: PageProps) {
	const views = { ...useEditorViews(), unapplied };
	const [available] = useState(createActionsStore);
	const [presence] = useState(createPresenceStore);
	const busy = useStore(available, (state) => state.busy);
	const place = { team: "acme", views, ...given };
	return (
		<ActionsContext value={available}>
			<EditorTopBar {...place} tab={tab} busy={busy} presence={presence} isMerging={false} />
			<EditorTools {...place} actionsStore={available} isDrawing />
			{views.wantsMerge && <p>Both drafts are merged here</p>}
		</ActionsContext>
	);
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>("button", { name });
const said = () =>
	screen
		.getAllByRole("status")
		.map(({ textContent }) => textContent)
		.join("");

/** What is said of a button that cannot be pressed, to whoever points at it. */
async function reasonOf(name: string | RegExp): Promise<string | null> {
	const { parentElement } = button(name);
	if (parentElement) fireEvent.pointerMove(parentElement);
	return (await screen.findByRole("tooltip")).textContent;
}

describe("where the draft stands", () => {
	it("is quiet while all is well", () => {
		openBar();
		expect(screen.getByText("Saved · revision 42")).toBeDefined();
		expect(said()).toBe("");
		cleanup();
		openBar({ phase: { name: "edited" } });
		expect(screen.getByText("Saving")).toBeDefined();
		expect(said()).toBe("");
	});

	it("is said aloud when the server does not answer, with where the edits are", () => {
		openBar({ phase: { name: "offline", sent: { saveId: "1", plan }, attempts: 1 } });
		expect(said()).toMatch(/^Offline, kept in this browser\. .*Your edits are saved when it is back/);
	});

	it("is said aloud when the server refuses, with its reason", () => {
		openBar({ phase: { name: "refused", message: "Your role does not allow this." } });
		expect(said()).toBe("Not saved. Your role does not allow this. Your edits are kept in this browser.");
	});

	it("warns against closing the tab when the browser cannot keep edits that the server lacks", () => {
		openBar({ phase: { name: "offline", sent: { saveId: "1", plan }, attempts: 1 }, isKept: false });
		expect(said()).toMatch(/^Not saved, keep this tab open/);
		cleanup();
		openBar({ isKept: false });
		expect(said()).toBe("");
	});

	it("leads to the merge when somebody saved first", () => {
		const theirs = { revision: 43, plan, savedBy: null, savedAt: new Date(0) };
		openBar({ phase: { name: "conflict", theirs } });
		fireEvent.click(button("Somebody saved first"));
		expect(screen.getByText("Both drafts are merged here")).toBeDefined();
	});

	it("counts the changes of the YAML that are not applied", () => {
		openBar({ unapplied: 2 });
		expect(screen.getByText("2 changes not applied")).toBeDefined();
	});
});

describe("undo and redo", () => {
	it("name what they undo, do it, and are off where there is nothing", () => {
		const { editor } = openBar();
		expect([button("Undo").disabled, button("Redo").disabled]).toEqual([true, true]);
		act(() => void editor.getState().apply("Disable", (now) => setNodeFields(now, ["a"], { disabled: true })));
		fireEvent.click(button("Undo: Disable"));
		expect(editor.getState().plan).toBe(plan);
		fireEvent.click(button("Redo: Disable"));
		expect(editor.getState().plan.nodes[0]?.disabled).toBe(true);
	});

	it("are not shown over the list of runs", () => {
		openBar({ tab: "runs" });
		expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
	});
});

describe("what is published", () => {
	it("is nothing at first: the draft can be tested and published, and nothing else", () => {
		openBar();
		expect(screen.getByText("draft")).toBeDefined();
		expect(screen.getAllByRole("button", { name: /^Test/ })).toHaveLength(1);
		expect(button("Publish").disabled).toBe(false);
	});

	it("is run by its version, beside the test of the draft", () => {
		openBar({ draft: published });
		expect(screen.getByText("v3 published")).toBeDefined();
		expect([button(/^Run v3/).disabled, button("Test").disabled]).toEqual([false, false]);
	});

	it("is told apart from a draft that has gone on since, once that is saved", () => {
		const { editor } = openBar({ draft: published });
		act(() => void editor.getState().apply("Disable", (now) => setNodeFields(now, ["a"], { disabled: true })));
		expect(screen.getByText("v3 published")).toBeDefined();
		act(() => editor.getState().markSaved({ revision: 43, plan: editor.getState().plan }));
		expect(screen.getByText("changed since v3")).toBeDefined();
	});
});

describe("problems", () => {
	it("are counted, lead to their list, and keep the draft from being tested and published", async () => {
		const { changePanels, router } = openBar({ of: wrong, tab: "runs", draft: published });
		expect([button("Publish").disabled, button("Test").disabled]).toEqual([true, true]);
		expect(button(/^Run v3/).disabled).toBe(false);
		expect(await reasonOf("Publish")).toBe("Fix the problems first");
		fireEvent.click(button("1 problem"));
		expect(changePanels).toHaveBeenCalledWith({ bottom: "problems" });
		expect(router.push).toHaveBeenCalledWith("/acme/workflows/release");
	});

	it("that are mended give the buttons back", async () => {
		const { editor } = openBar({ of: wrong });
		act(() => void editor.getState().apply("Mend", () => plan));
		await waitFor(() => expect(screen.queryByRole("button", { name: /problem/ })).toBeNull());
		expect(button("Publish").disabled).toBe(false);
	});
});

describe("starting is refused, with the reason,", () => {
	it("where nothing is drawn", async () => {
		openBar({ of: testPlan([], []) });
		expect(button(/^Test/).disabled).toBe(true);
		expect(await reasonOf(/^Test/)).toBe("Add a step first");
	});

	it("to whoever may not start runs", async () => {
		openBar({ draft: { ...published, canRun: false } });
		expect([button(/^Run v3/).disabled, button("Test").disabled]).toEqual([true, true]);
		expect(await reasonOf(/^Run v3/)).toBe("Your role may not start runs");
	});

	it("until two drafts are merged", async () => {
		openBar({ phase: { name: "conflict", theirs: { revision: 43, plan, savedBy: null, savedAt: new Date(0) } } });
		expect(await reasonOf("Publish")).toBe("Merge both drafts first");
	});

	it("until the YAML is applied", async () => {
		openBar({ unapplied: 1 });
		expect(await reasonOf("Publish")).toBe("Apply or discard the YAML first");
	});
});

describe("a test of the draft", () => {
	it("waits for the last edit to be saved, and is started once however often it is pressed", async () => {
		const startDraft = vi.fn((_input: unknown) => ({ number: 7 }));
		const { saving, router } = openBar({ answers: { "runs.startDraft": startDraft } });
		let save = () => {};
		saving.saveNow.mockImplementation(() => new Promise((resolve) => (save = () => resolve({ revision: 44, plan }))));
		fireEvent.click(button(/^Test/));
		fireEvent.click(button(/^Test/));
		await waitFor(() => expect(saving.saveNow).toHaveBeenCalledTimes(1));
		expect(startDraft).not.toHaveBeenCalled();
		save();
		await waitFor(() => expect(router.push).toHaveBeenCalledWith("/acme/workflows/release/runs/7"));
		expect(startDraft).toHaveBeenCalledTimes(1);
		expect(startDraft.mock.lastCall?.[0]).toMatchObject({ revision: 44 });
	});

	it("that cannot be saved is not started, says why, and can be tried again", async () => {
		const startDraft = vi.fn(() => ({ number: 7 }));
		const { saving, router, onError } = openBar({ answers: { "runs.startDraft": startDraft } });
		saving.saveNow.mockRejectedValueOnce(new Refusal(403, "Your role does not allow this."));
		fireEvent.click(button(/^Test/));
		await waitFor(() => expect(onError).toHaveBeenCalledTimes(1));
		expect(startDraft).not.toHaveBeenCalled();
		await waitFor(() => expect(button(/^Test/).getAttribute("aria-busy")).not.toBe("true"));
		fireEvent.click(button(/^Test/));
		await waitFor(() => expect(router.push).toHaveBeenCalledWith("/acme/workflows/release/runs/7"));
	});
});

describe("the name of the workflow", () => {
	const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Name of the workflow" });
	const type = (value: string) => {
		fireEvent.click(button("Release"));
		fireEvent.change(field(), { target: { value } });
	};

	it("is typed over, and kept with Enter without the space around it", async () => {
		const rename = vi.fn((_input: unknown) => ({}));
		openBar({ answers: { "workflows.rename": rename } });
		type("  Nightly  ");
		fireEvent.keyDown(field(), { key: "Enter" });
		fireEvent.blur(field());
		await waitFor(() => expect(button("Release")).toBe(document.activeElement));
		expect(rename.mock.calls).toEqual([[{ team: "acme", slug: "release", name: "Nightly" }]]);
	});

	it.each(["   ", "Release"])("stays as it is when “%s” is left there", async (value) => {
		const rename = vi.fn();
		openBar({ answers: { "workflows.rename": rename } });
		type(value);
		fireEvent.blur(field());
		expect(button("Release")).toBeDefined();
		expect(rename).not.toHaveBeenCalled();
	});

	it("is given up with Escape", () => {
		const rename = vi.fn();
		openBar({ answers: { "workflows.rename": rename } });
		type("Nightly");
		fireEvent.keyDown(field(), { key: "Escape" });
		expect(button("Release")).toBeDefined();
		expect(rename).not.toHaveBeenCalled();
	});

	it("keeps what was typed when the server refuses it", async () => {
		const { onError } = openBar({
			answers: {
				"workflows.rename": () => {
					throw new Refusal(403, "Your role does not allow this.");
				},
			},
		});
		type("Nightly");
		fireEvent.keyDown(field(), { key: "Enter" });
		await waitFor(() => expect(onError).toHaveBeenCalledWith("Your role does not allow this."));
		expect(field().value).toBe("Nightly");
	});

	it("is not kept by the Enter that chooses a word of an input method", () => {
		const rename = vi.fn();
		openBar({ answers: { "workflows.rename": rename } });
		type("夜間");
		fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
		expect(field().value).toBe("夜間");
		expect(rename).not.toHaveBeenCalled();
	});
});

class StillObserver {
	observe() {}
	unobserve() {}
	disconnect() {}
}
