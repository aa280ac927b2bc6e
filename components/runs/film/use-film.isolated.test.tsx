// @vitest-environment happy-dom
import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState } from "@/server/runs/state";
import { addressOfMoment, useFilm } from "./use-film";

const asked = vi.hoisted(() => ({ moment: null as string | null }));
vi.mock("next/navigation", () => ({
	useSearchParams: () => new URLSearchParams(asked.moment === null ? "" : { moment: asked.moment }),
}));
beforeEach(() => {
	asked.moment = null;
});

const base = { nodeId: null, iteration: "" };
const work = { nodeId: "work", iteration: "" };
const EVENTS: RunEvent[] = [
	{ ...base, seq: 1, at: 1_000, type: "run.queued", data: { actor: { kind: "system", name: "a" }, trigger: "manual" } },
	{ ...base, seq: 2, at: 1_100, type: "run.started", data: {} },
	{ ...work, seq: 3, at: 1_200, type: "step.started", data: { attempt: 1, maxAttempts: 1 } },
	{ ...work, seq: 4, at: 3_000, type: "step.completed", data: { attempt: 1, port: "out" } },
	{ ...base, seq: 5, at: 3_100, type: "run.completed", data: {} },
];
const ENDED = foldRun(initialRunState, EVENTS);

test("shows a run as it stood at a moment, and in the end as it is", () => {
	const { result } = renderHook(() => useFilm(EVENTS, ENDED));
	expect(result.current).toMatchObject({ film: { length: 2_100, at: null }, state: ENDED });
	act(() => result.current.film.show(300));
	expect(result.current.film.at).toBe(1_300);
	expect(result.current.state.phase.status).toBe("running");
	expect(result.current.state.steps.work?.phase.status).toBe("running");
	act(() => result.current.film.show(2_100));
	expect(result.current).toMatchObject({ film: { at: null }, state: ENDED });
});

test("opens at the moment that its address names, once the run is known", () => {
	asked.moment = "150";
	const { result, rerender } = renderHook(({ events }) => useFilm(events, foldRun(initialRunState, events)), {
		initialProps: { events: EVENTS.slice(0, 2) },
	});
	expect(result.current.film).toMatchObject({ length: 0, at: null });
	rerender({ events: EVENTS });
	expect(result.current.film.at).toBe(1_150);
	expect(Object.keys(result.current.state.steps)).toEqual([]);
});

test.each(["-1", "abc", "", "99999999999"])("takes no moment from %j", (moment) => {
	asked.moment = moment;
	const { result } = renderHook(() => useFilm(EVENTS, ENDED));
	expect(result.current.film.moment).toBeNull();
});

test("links to a moment in whole milliseconds", () => {
	expect(new URL(addressOfMoment(12.6)).searchParams.get("moment")).toBe("13");
});
