// @vitest-environment happy-dom

import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { initialRunState, type RunState } from "@/server/runs/state";
import { RunPanel } from "./run-panel";

afterEach(cleanup);

const run = { number: 1, input: {}, output: { lines: 4 }, endedAt: new Date("2026-05-01T09:00:00Z") };
const shows = { read: true, inputs: true, outputs: true, logs: true };
const values = { input: null, output: <p>lines: 4</p> };

function renderAt(phase: RunState["phase"]) {
	const state: RunState = { ...initialRunState, phase };
	const look = phase.status === "completed" ? "completed" : "running";
	render(<RunPanel screen={{ run, state, shows, parts: null, look }} values={values} />);
}

it("shows what a run made once it has ended", () => {
	renderAt({ status: "completed", startedAt: 1, endedAt: 2, output: { lines: 4 } });
	expect(screen.getByText("lines: 4")).toBeDefined();
});

it("keeps what a run made to itself while a moment is played at which it had not ended", () => {
	renderAt({ status: "running", startedAt: 1 });
	expect(screen.queryByText("lines: 4")).toBeNull();
	expect(screen.getByText("It appears here when the run completes.")).toBeDefined();
});
