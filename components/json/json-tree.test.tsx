// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { Json } from "@/server/plan/values/json";
import { countValues } from "./count-values";
import { columnsOf, isTable, jsonRows, previewOf } from "./json-rows";
import { JsonTree } from "./json-tree";

afterEach(cleanup);

function show(value: Json, base?: string[]) {
	render(<JsonTree value={value} base={base} />);
}

const untouched = { open: new Map(), shown: new Map() };

it("folds what lies deep, shows what is inside, and opens it when asked", () => {
	show({ release: { revision: 318, pods: { ready: 4, failed: 0 } } });
	expect(screen.queryByText("318")).not.toBeNull();
	const pods = screen.getByRole("treeitem", { name: /pods/ });
	expect(pods.textContent).toContain("{ ready: 4, failed: 0 }");
	fireEvent.click(pods);
	expect(screen.queryByText("4")).not.toBeNull();
});

it("keeps the order of the keys", () => {
	expect(jsonRows({ zone: 1, id: 2, "a b": 3 }, untouched).map(({ path }) => path[0])).toEqual(["zone", "id", "a b"]);
});

it("is walked with the arrow keys", () => {
	show({ a: 1, list: [{ id: 7 }] });
	const tree = screen.getByRole("tree");
	fireEvent.keyDown(tree, { key: "ArrowDown" });
	fireEvent.keyDown(tree, { key: "ArrowLeft" });
	expect(screen.queryByText("[ { 1 } ]")).not.toBeNull();
	fireEvent.keyDown(tree, { key: "ArrowRight" });
	expect(screen.queryByText("[ { 1 } ]")).toBeNull();
});

it("copies a value, and the reference that leads to it", async () => {
	const writeText = vi.fn(async (_text: string) => {});
	vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
	show({ items: [{ "full name": "Ada" }] }, ["steps", "read", "output"]);
	fireEvent.click(screen.getByRole("treeitem", { name: /full name/ }));
	const buttons = screen.getAllByRole("button", {
		name: "Copy {{ steps.read.output.items.0.[full name] }}",
		hidden: true,
	});
	fireEvent.click(buttons[0] ?? document.body);
	expect(writeText).toHaveBeenLastCalledWith("{{ steps.read.output.items.0.[full name] }}");
	fireEvent.click(screen.getByRole("button", { name: "Copy JSON" }));
	expect(JSON.parse(writeText.mock.lastCall?.[0] ?? "")).toEqual({ items: [{ "full name": "Ada" }] });
	vi.unstubAllGlobals();
});

it("reads a list of objects as a table, and nothing else", () => {
	expect(
		columnsOf([
			{ id: 1, name: "a" },
			{ id: 2, tags: [] },
		]),
	).toEqual(["id", "name", "tags"]);
	expect(isTable([{ id: 1 }, 2])).toBe(false);
	expect(isTable({ id: 1 })).toBe(false);
	show([{ id: 1 }, { id: 2 }]);
	fireEvent.click(screen.getAllByRole("button", { name: "Show as a table" }).at(-1) ?? document.body);
	expect(screen.getByRole("dialog", { name: "2 rows" })).not.toBeNull();
});

it("makes few rows of a list of a million, and more when asked", () => {
	const value = Array.from({ length: 1_000_000 }, (_, index) => index);
	expect(jsonRows(value, untouched)).toHaveLength(501);
	expect(jsonRows(value, { ...untouched, shown: new Map([["", 5_000]]) })).toHaveLength(5_001);
	expect(previewOf(value).length).toBeLessThan(90);
});

it("shows a chip in the place of a secret", () => {
	show({ token: "Bearer •••" });
	expect(screen.getByText("secret").parentElement?.textContent).toContain("Bearer");
	expect(screen.queryByText(/•/)).toBeNull();
});

it("cuts a long text until all of it is asked for", () => {
	show("x".repeat(1_000));
	fireEvent.click(screen.getByRole("button", { name: "… 600 more characters" }));
	expect(screen.getByText(/x{1000}/)).not.toBeNull();
});

it("counts what a value holds", () => {
	const values: Json[] = [null, {}, { a: 1 }, [1, 2]];
	expect(values.map(countValues)).toEqual(["none", "none", "1 value", "2 items"]);
});
