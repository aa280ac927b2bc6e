"use client";

import { useSearchParams } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { type Drawing, drawPlan } from "@/components/canvas/drawing/draw-plan";
import { type PageChoice, type RunView, viewRun } from "@/components/canvas/run/view-run";
import type { StepView } from "@/components/canvas/run/view-step";
import type { Outputs } from "@/components/trpc/types";
import { type RunLook, runLook } from "@/components/ui/run-state/run-look";
import { enclosingContainers } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { isEnded, type RunState, type StepState } from "@/server/runs/state";
import { lookOfRun } from "./describe-run";
import { type Film, useFilm } from "./film/use-film";
import type { RunReader } from "./run-reader";
import type { RunStore } from "./run-store";
import { findStepToShow } from "./step/find-step-to-show";
import type { Wait } from "./step/step-decision";
import type { Connection } from "./watch/run-stream";
import { withRecord } from "./with-record";

export type RunFactsData = Outputs["runs"]["get"];

/** What of a run is there to be seen: for its team everything, by a link what was chosen. */
export interface Shown {
	inputs: boolean;
	outputs: boolean;
	logs: boolean;
	/** What each step read. */
	read: boolean;
}

/** What members of the team can do from inside the page of a run. */
export interface RunParts {
	/** What to do about a failed run; beside a step of it, that step is the one to edit. */
	failedActions: (step?: NodeId) => ReactNode;
	/** The question of an approval, with its form. */
	approval: (step: StepState, wait: Wait) => ReactNode;
	/** Leads to a step in the editor. */
	editStep: (step: NodeId) => ReactNode;
}

/** Where a run comes from, and how much of it. */
export interface RunSource {
	store: RunStore;
	reader: RunReader;
	shows: Shown;
	/** Reads the run again. */
	refresh: () => void;
}

/** Everything the parts of a run's page share. */
export interface RunScreen extends Omit<RunSource, "refresh"> {
	run: RunFactsData;
	drawing: Drawing;
	/** What the events fold to; until they have caught up, the phase and the figures that the server knows. */
	state: RunState;
	/** How it stands, whatever moment of it is shown. */
	latest: RunState;
	look: RunLook;
	/** The steps are not all known yet. */
	isCatchingUp: boolean;
	view: RunView;
	connection: Connection;
	/** The chosen step in the iteration that is shown; null for the run as a whole. */
	selected: { id: NodeId; view: StepView } | null;
	select: (id: NodeId | null, iteration?: string) => void;
	turn: (container: NodeId, index: number) => void;
	film: Film;
	/** Null for whoever came by a link. */
	parts: RunParts | null;
}

/** The page of a run for a member of its team. */
export interface TeamRunScreen extends RunScreen {
	team: string;
}

export function useRunScreen({ store, reader, shows, refresh }: RunSource, run: RunFactsData): RunScreen {
	const drawing = useMemo(() => drawPlan(run.plan), [run.plan]);
	const latest = useStore(store, (record) => record.state);
	const isCatchingUp = latest.seq < run.lastSeq;
	const { film, state: folded } = useFilm(
		useStore(store, (record) => record.events),
		latest,
	);
	const state = useMemo(() => (isCatchingUp ? withRecord(folded, run) : folded), [isCatchingUp, folded, run]);
	const connection = useStore(store, (record) => record.connection);
	const selection = useSelection(drawing);
	const view = useRunView(drawing, folded, selection.pages);
	const { chosen, touched, select, turn } = selection;
	useEffect(() => {
		if (touched || isCatchingUp) return;
		const step = findStepToShow(state, run.permissions.canDecide);
		if (step) select(step.nodeId, step.iteration);
	}, [touched, isCatchingUp, state, select, run.permissions.canDecide]);
	// The page read the run when it opened: its output is read again once the run has ended.
	const isStale = isEnded(latest.phase.status) && run.endedAt === null;
	useEffect(() => {
		if (isStale) refresh();
	}, [isStale, refresh]);
	const chosenView = chosen === null ? undefined : view.steps[chosen];
	const selected = chosen !== null && chosenView ? { id: chosen, view: chosenView } : null;
	const look = isCatchingUp ? runLook(run.shownStatus) : lookOfRun(state);
	const known = {
		run,
		drawing,
		store,
		reader,
		shows,
		latest: film.at === null ? state : latest,
		state,
		look,
		isCatchingUp,
		view,
		connection,
	};
	return { ...known, selected, select, turn, film, parts: null };
}

/** Views of steps that did not change stay the same objects from one event to the next. */
function useRunView(drawing: Drawing, state: RunState, pages: PageChoice): RunView {
	const before = useRef<{ drawing: Drawing; view: RunView } | null>(null);
	return useMemo(() => {
		const known = before.current?.drawing === drawing ? before.current.view : undefined;
		const view = viewRun(drawing, state, { pages, before: known });
		before.current = { drawing, view };
		return view;
	}, [drawing, state, pages]);
}

/** The chosen step lives in the address, so that a link leads to it: `?step=deploy&at=1`. */
function useSelection(drawing: Drawing) {
	const params = useSearchParams();
	const step = params.get("step");
	const at = params.get("at") ?? "";
	const [pages, setPages] = useState<PageChoice>(() => (step === null ? {} : pagesOf(drawing, step, at)));
	const [touched, setTouched] = useState(step !== null);
	const select = useCallback(
		(id: NodeId | null, iteration?: string) => {
			setTouched(true);
			if (id !== null && iteration) setPages((chosen) => ({ ...chosen, ...pagesOf(drawing, id, iteration) }));
			writeAddress(id, iteration);
		},
		[drawing],
	);
	const turn = useCallback((container: NodeId, index: number) => {
		setPages((chosen) => ({ ...chosen, [container]: index }));
	}, []);
	return { chosen: step !== null && drawing.graph.nodes.has(step) ? step : null, pages, touched, select, turn };
}

/** The iteration of each container around a step, from the step's own: `1.4` in two containers. */
function pagesOf(drawing: Drawing, id: NodeId, iteration: string): PageChoice {
	if (!/^\d+(\.\d+)*$/.test(iteration)) return {};
	const indexes = iteration.split(".").map(Number);
	const pages: Record<NodeId, number> = {};
	for (const [depth, container] of enclosingContainers(drawing.graph, id).reverse().entries()) {
		const index = indexes[depth];
		if (index !== undefined) pages[container.id] = index;
	}
	return pages;
}

function writeAddress(id: NodeId | null, iteration: string | undefined): void {
	const url = new URL(location.href);
	url.searchParams.delete("step");
	url.searchParams.delete("at");
	if (id !== null) url.searchParams.set("step", id);
	if (id !== null && iteration) url.searchParams.set("at", iteration);
	history.replaceState(null, "", url);
}
