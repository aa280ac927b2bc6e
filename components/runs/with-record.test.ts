import { expect, it } from "vitest";
import { initialRunState } from "@/server/runs/state";
import { withRecord } from "./with-record";

it("shows a run as the server knows it while its events are on their way", () => {
	const phase = { status: "completed", startedAt: 1_000, endedAt: 4_000 } as const;
	const record = { phase, costUsd: 0.02, tokens: 318, createdAt: new Date(500) };
	const half = { ...initialRunState, seq: 7, phase: { status: "running", startedAt: 1_000 } as const, tokens: 20 };
	expect(withRecord(half, record)).toEqual({ ...half, phase, costUsd: 0.02, tokens: 318, queuedAt: 500 });
});
