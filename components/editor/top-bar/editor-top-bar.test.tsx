// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { button, openBar, openTestBrowser, plan } from "./test-top-bar";

openTestBrowser();

const said = () =>
	screen
		.getAllByRole("status")
		.map(({ textContent }) => textContent)
		.join("");

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
