// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { ChangeList } from "./change-list";
import { listChanges } from "./list-changes";

afterEach(cleanup);

const step = (id: string, command: string) => ({ id, config: { command } });
const changes = listChanges(
	testPlan([step("install", "npm ci"), step("test", "npm test")], []),
	testPlan([step("install", "npm ci --fast"), step("deploy", "ship")], []),
);

it("shows every change as a row to choose, and the chosen one as pressed", () => {
	const onSelect = vi.fn();
	render(<ChangeList title="Changes" changes={changes} selected="node:deploy" onSelect={onSelect} />);
	expect(screen.getAllByRole("listitem")).toHaveLength(3);
	expect(screen.getByRole("button", { pressed: true }).textContent).toContain("New step");
	fireEvent.click(screen.getByRole("button", { name: /npm ci --fast/ }));
	expect(onSelect).toHaveBeenCalledWith(expect.objectContaining({ key: "node:install", kind: "changed" }));
	expect(screen.queryByRole("checkbox")).toBeNull();
});

it("lets each change be left out and taken again where its list asks", () => {
	const onTake = vi.fn();
	const taking = { left: new Set(["node:deploy"]), onTake };
	render(<ChangeList title="Yours" changes={changes} selected={undefined} onSelect={vi.fn()} taking={taking} />);
	const boxes = screen.getAllByRole("checkbox");
	expect(boxes.map((box) => box.getAttribute("aria-checked"))).toEqual(["true", "false", "true"]);
	for (const box of boxes) fireEvent.click(box);
	expect(onTake.mock.calls).toEqual([
		["node:install", false],
		["node:deploy", true],
		["node:test", false],
	]);
});

it("counts none where nothing changed", () => {
	render(<ChangeList title="Changes" changes={[]} selected={undefined} onSelect={vi.fn()} />);
	expect(screen.getByRole("heading", { name: "Changes 0" })).toBeDefined();
	expect(screen.queryAllByRole("listitem")).toEqual([]);
});
