// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Json } from "@/server/plan/json";
import { countValues, JsonTree } from "./json-tree";

afterEach(cleanup);

it("folds what lies deep and opens it when asked", () => {
	render(<JsonTree value={{ release: { revision: 318, pods: { ready: 4 } } }} />);
	expect(screen.queryByText("318")).not.toBeNull();
	expect(screen.queryByText("4")).toBeNull();
	fireEvent.click(screen.getByRole("button", { name: /pods/ }));
	expect(screen.queryByText("4")).not.toBeNull();
});

it("shows a chip in the place of a secret", () => {
	render(<JsonTree value={{ token: "Bearer •••" }} />);
	expect(screen.getByText("secret").parentElement?.textContent).toContain("Bearer");
	expect(screen.queryByText(/•/)).toBeNull();
});

it("cuts a long text until all of it is asked for", () => {
	render(<JsonTree value={"x".repeat(1_000)} />);
	fireEvent.click(screen.getByRole("button", { name: "… 600 more characters" }));
	expect(screen.getByText(/x{1000}/)).not.toBeNull();
});

it("counts what a value holds", () => {
	const values: Json[] = [null, {}, { a: 1 }, [1, 2]];
	expect(values.map(countValues)).toEqual(["none", "none", "1 value", "2 items"]);
});
