// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FormField } from "@/server/plan/form-field";
import { type Answers, createTestFrame, Refusal } from "../../trpc/test-frame";
import { RunDialog, StartDialog } from "./run-dialog";

afterEach(cleanup);

const inputs: FormField[] = [
	{ name: "branch", label: "Branch", type: "text", required: true },
	{ name: "dry_run", label: "Dry run", type: "boolean", required: false },
];

function openDialog(answers: Answers) {
	const { frame, router } = createTestFrame(answers);
	render(
		frame(
			<RunDialog
				team="acme"
				slug="release"
				name="Release"
				inputs={inputs}
				estimate={{ medianMs: 240_000, costUsd: 0.0121, runs: 38 }}
				open
				onOpenChange={() => {}}
			/>,
		),
	);
	return router;
}

const runButton = () => screen.getByRole("button", { name: /^Run/ });
const fillBranch = (value: string) => fireEvent.change(screen.getByLabelText("Branch"), { target: { value } });

describe("RunDialog", () => {
	it("starts the run with what was filled in and leads to its page", async () => {
		const start = vi.fn(() => ({ runId: "r", number: 7 }));
		const router = openDialog({ "runs.start": start });
		fillBranch("main");
		fireEvent.click(screen.getByRole("switch", { name: "Dry run" }));
		fireEvent.click(runButton());
		await waitFor(() => expect(router.push).toHaveBeenCalledWith("/acme/workflows/release/runs/7"));
		expect(start).toHaveBeenCalledWith({
			team: "acme",
			slug: "release",
			input: { branch: "main", dry_run: true },
			requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
		});
	});

	it("starts one run for a double click", async () => {
		const start = vi.fn(() => ({ runId: "r", number: 1 }));
		const router = openDialog({ "runs.start": start });
		fillBranch("main");
		fireEvent.click(runButton());
		fireEvent.click(runButton());
		await waitFor(() => expect(router.push).toHaveBeenCalled());
		fireEvent.submit(document.querySelector("form") ?? document.body);
		expect(start).toHaveBeenCalledTimes(1);
	});

	it("sends the same key again when the answer got lost", async () => {
		const keys: unknown[] = [];
		const start = (input: unknown) => {
			keys.push(Reflect.get(Object(input), "requestId"));
			throw new Error("connection lost");
		};
		openDialog({ "runs.start": start });
		fillBranch("main");
		fireEvent.click(runButton());
		await screen.findByText(/The server did not answer/);
		fireEvent.click(runButton());
		await waitFor(() => expect(keys).toHaveLength(2));
		expect(keys[1]).toBe(keys[0]);
	});

	it("does not start while a required field is empty, and says so at the field", async () => {
		const start = vi.fn();
		openDialog({ "runs.start": start });
		fireEvent.click(runButton());
		await screen.findByText("Enter a value.");
		expect(screen.getByLabelText("Branch").getAttribute("aria-invalid")).toBe("true");
		expect(start).not.toHaveBeenCalled();
	});

	it("shows why the server refused", async () => {
		openDialog({
			"runs.start": () => {
				throw new Refusal(409, "This workflow is archived. Put it back first.");
			},
		});
		fillBranch("main");
		fireEvent.click(runButton());
		await screen.findByText("This workflow is archived. Put it back first.");
	});

	it("tells what a run takes", () => {
		openDialog({});
		expect(screen.getByText("About $0.0121 and 4 min, from 38 runs")).toBeDefined();
	});
});

it("begins a test with the event that is pinned, or by hand", () => {
	const start = vi.fn();
	const { frame } = createTestFrame({});
	const run = { start, busy: false, error: null, reset: () => {} };
	const begins = [{ key: "orders", receivedAt: new Date(0) }];
	const form = { name: "Release", inputs, open: true, onOpenChange: () => {} };
	render(frame(<StartDialog verb="Test" run={run} whyNot={undefined} begins={begins} {...form} />));
	expect(screen.getByRole("combobox", { name: "Begins with" }).textContent).toContain("orders");
	expect(screen.queryByLabelText("Branch")).toBeNull();
	fireEvent.click(screen.getByRole("button", { name: /^Test/ }));
	expect(start).toHaveBeenCalledWith({}, "orders");
});
