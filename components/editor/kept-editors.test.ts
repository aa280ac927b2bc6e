import { describe, expect, it } from "vitest";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { testPlan } from "@/server/plan/test-plan";
import { openEditor } from "./kept-editors";

const plan = testPlan(["a"], []);
const rename = (name: string) => (before: typeof plan) => setNodeFields(before, ["a"], { name });

describe("an editor that is opened again", () => {
	it("has its history, and looks at the same place", () => {
		const { store, view } = openEditor({ id: "one", plan, revision: 1 });
		store.getState().apply("Rename", rename("b"));
		store.getState().markSaved({ plan: store.getState().plan, revision: 2 });
		view.current = { x: 1, y: 2, zoom: 0.5 };
		const again = openEditor({ id: "one", plan: store.getState().plan, revision: 2 });
		expect(again.store.getState().undo()).toBe("Rename");
		expect(again.view.current).toEqual({ x: 1, y: 2, zoom: 0.5 });
	});

	it("begins anew when somebody has saved the draft since, or something was left unsaved", () => {
		const { store } = openEditor({ id: "two", plan, revision: 1 });
		expect(openEditor({ id: "two", plan, revision: 2 }).store).not.toBe(store);
		const left = openEditor({ id: "two", plan, revision: 2 }).store;
		left.getState().apply("Rename", rename("b"));
		expect(openEditor({ id: "two", plan, revision: 2 }).store).not.toBe(left);
	});

	it("goes on from its last save when the draft at hand is older", () => {
		const { store } = openEditor({ id: "late", plan, revision: 1 });
		store.getState().apply("Rename", rename("b"));
		store.getState().markSaved({ plan: store.getState().plan, revision: 2 });
		expect(openEditor({ id: "late", plan, revision: 1 }).store).toBe(store);
	});

	it("is never another workflow's", () => {
		const { store } = openEditor({ id: "three", plan, revision: 1 });
		expect(openEditor({ id: "four", plan, revision: 1 }).store).not.toBe(store);
	});
});
