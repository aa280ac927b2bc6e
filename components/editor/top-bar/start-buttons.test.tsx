// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Refusal } from "@/components/trpc/test-frame";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { testPlan } from "@/server/plan/test-plan";
import { button, isOff, openBar, openTestBrowser, plan, published, reasonOf, wrong } from "./test-top-bar";

openTestBrowser();

describe("what is published", () => {
	it("is nothing at first: the draft can be tested and published, and nothing else", () => {
		openBar();
		expect(screen.getByText("draft")).toBeDefined();
		expect(screen.getAllByRole("button", { name: /^Test/ })).toHaveLength(1);
		expect(isOff("Publish")).toBe(false);
	});

	it("is run by its version, beside the test of the draft", () => {
		openBar({ draft: published });
		expect(screen.getByText("v3 published")).toBeDefined();
		expect([isOff(/^Run v3/), isOff("Test")]).toEqual([false, false]);
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
		expect([isOff("Publish"), isOff("Test")]).toEqual([true, true]);
		expect(isOff(/^Run v3/)).toBe(false);
		expect(await reasonOf("Publish")).toBe("Fix the problems first");
		fireEvent.click(button("1 problem"));
		expect(changePanels).toHaveBeenCalledWith({ bottom: "problems" });
		expect(router.push).toHaveBeenCalledWith("/acme/workflows/release");
	});

	it("that are mended give the buttons back", async () => {
		const { editor } = openBar({ of: wrong });
		act(() => void editor.getState().apply("Mend", () => plan));
		await waitFor(() => expect(screen.queryByRole("button", { name: /problem/ })).toBeNull());
		expect(isOff("Publish")).toBe(false);
	});
});

describe("starting is refused, with the reason,", () => {
	it("where nothing is drawn", async () => {
		openBar({ of: testPlan([], []) });
		expect(isOff(/^Test/)).toBe(true);
		expect(await reasonOf(/^Test/)).toBe("Add a step first");
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
