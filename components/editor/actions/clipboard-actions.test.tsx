// @vitest-environment happy-dom
import { act, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { choose, ctrl, findAction, line, noted, openActions, openTestBrowser, writeText } from "./test-actions";

openTestBrowser();

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
