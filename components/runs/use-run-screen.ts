"use client";

import { useSearchParams } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { TriggerCause } from "@/components/canvas/drawing/describe-trigger";
import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import { type PageChoice, type RunView, viewRun } from "@/components/canvas/run/view-run";
import type { StepView } from "@/components/canvas/run/view-step";
import type { Outputs } from "@/components/trpc/types";
import { type RunLook, runLook } from "@/components/ui/run-state/run-look";
import { enclosingContainers } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import type { RunEventData } from "@/server/runs/events";
import { isEnded, type RunState, type StepState } from "@/server/runs/state";
import type { Compared } from "./attempts/compared";
import { lookOfRun } from "./describe-run";
import { type Film, useFilm } from "./film/use-film";
import type { RunReader } from "./run-reader";
import type { RunStore } from "./run-store";
import { findStepToShow } from "./step/find-step-to-show";
import type { Wait } from "./step/step-decision";
import { enterStep, leaveStep, writeStep } from "./step-address";
import type { Connection } from "./watch/run-stream";
import { withRecord } from "./with-record";

/** What everybody may see of it. */
export type RunFactsData = Omit<Outputs["runs"]["get"], "caller" | "forked" | "prompts">;

/** What of a run is there to be seen: for its team everything, by a link what was chosen. */
export interface Shown {
	inputs: boolean;
	outputs: boolean;
	logs: boolean;
	/** What each step read. */
	read: boolean;
	/** Whether there are files, where that is known before they are listed. */
	files?: boolean;
}

type EventWait = Extract<RunEventData<"step.waiting">, { for: "event" }>;

/** What members of the team can do from inside the page of a run. */
export interface RunParts {
	/** What to do about a failed run; beside a step of it, that step is the one to edit. */
	failedActions: (step?: NodeId) => ReactNode;
	/** The question of an approval, with its form. */
	approval: (step: StepState, wait: Wait) => ReactNode;
	/** Several attempts that a step compares, with the choice among them. */
	attempts: (compared: Compared) => ReactNode;
	/** What a step waits for, and what came meanwhile. */
	eventWait: (step: StepState, wait: EventWait) => ReactNode;
	/** What is said about the run, or about a step of it. */
	comments: (step: NodeId | null) => ReactNode;
	/** What is said about the run, where it has the screen for itself. */
	discussion: ReactNode;
	/** How much is said about each step. */
	commentCounts: Readonly<Record<NodeId, number>>;
	/** Leads to the run that has called this one, or from which it goes on. */
	origin: ReactNode;
	/** Goes on from a turn of an agent, as a run of its own. */
	fork: (step: StepState, turn: number) => ReactNode;
	/** Leads to the run that a step has called. */
	calledRun: (called: NonNullable<StepState["called"]>) => ReactNode;
	/** Leads to the version of a prompt that a step uses. */
	prompt: (step: NodeId) => ReactNode;
	/** Leads to a step in the editor. */
	editStep: (step: NodeId) => ReactNode;
}

/** Where a run comes from, and how much of it. */
export interface RunSource {
	store: RunStore;
	reader: RunReader;
	shows: Shown;
	/** One that waits for a decision is shown: the viewer decides approvals, and there is room beside it. */
	decides: boolean;
	/** Reads the run again. */
	refresh: () => void;
}

/** Everything the parts of a run's page share. */
export interface RunScreen<Shape extends StillDrawing = Drawing> extends Omit<RunSource, "refresh" | "decides"> {
	run: RunFactsData;
	drawing: Shape;
	/** What started it. */
	cause: TriggerCause;
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
	/** Saves the film as a file. */
	download: ReactNode;
	/** Null for whoever came by a link. */
	parts: RunParts | null;
}

/** The page of a run for a member of its team. */
export interface TeamRunScreen extends RunScreen {
	team: string;
}

interface ShownRun<Shape extends StillDrawing> {
	source: RunSource;
	run: RunFactsData;
	drawing: Shape;
	cause: TriggerCause;
	/** How it stood when the server drew the page: until more is known. Nothing is then chosen by itself. */
	painted?: RunState;
}

/** The run as it is shown: what its events fold to, the moment, and the step that is chosen. */
export function useRunScreen<Shape extends StillDrawing>(shown: ShownRun<Shape>): RunScreen<Shape> {
	const { run, drawing, cause, painted } = shown;
	const { store, reader, shows, decides, refresh } = shown.source;
	const known = useStore(store, (record) => record.state);
	const latest = painted && known.seq < painted.seq ? painted : known;
	const isCatchingUp = latest.seq < run.lastSeq;
	const { film, state: folded } = useFilm(
		useStore(store, (record) => record.events),
		latest,
	);
	const state = useMemo(() => (isCatchingUp ? withRecord(folded, run) : folded), [isCatchingUp, folded, run]);
	const connection = useStore(store, (record) => record.connection);
	const selection = useSelection(drawing);
	const view = useRunView(drawing, folded, selection.pages);
	const { chosen, touched, select, show, turn } = selection;
	useEffect(() => {
		// The address leads to a comment on the run as a whole.
		if (touched || isCatchingUp || painted || location.hash.startsWith("#comment-")) return;
		const step = findStepToShow(state, decides);
		if (step) show(step.nodeId, step.iteration);
	}, [touched, isCatchingUp, painted, state, show, decides]);
	// The page read the run when it opened: its output is read again once the run has ended.
	const isStale = isEnded(latest.phase.status) && run.endedAt === null;
	useEffect(() => {
		if (isStale) refresh();
	}, [isStale, refresh]);
	const chosenView = chosen === null ? undefined : view.steps[chosen];
	const selected = chosen !== null && chosenView ? { id: chosen, view: chosenView } : null;
	const look = isCatchingUp ? runLook(run.shownStatus) : lookOfRun(state);
	const facts = {
		run,
		drawing,
		cause,
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
	return { ...facts, selected, select, turn, film, download: null, parts: null };
}

/** Views of steps that did not change stay the same objects from one event to the next. */
function useRunView(drawing: StillDrawing, state: RunState, pages: PageChoice): RunView {
	const before = useRef<{ drawing: StillDrawing; view: RunView } | null>(null);
	return useMemo(() => {
		const known = before.current?.drawing === drawing ? before.current.view : undefined;
		const view = viewRun(drawing, state, { pages, before: known });
		before.current = { drawing, view };
		return view;
	}, [drawing, state, pages]);
}

/** The chosen step lives in the address. */
function useSelection(drawing: StillDrawing) {
	const params = useSearchParams();
	const step = params.get("step");
	const at = params.get("at") ?? "";
	const [pages, setPages] = useState<PageChoice>(() => (step === null ? {} : pagesOf(drawing, step, at)));
	const [touched, setTouched] = useState(step !== null);
	const show = useCallback(
		(id: NodeId, iteration?: string) => {
			setTouched(true);
			if (iteration) setPages((chosen) => ({ ...chosen, ...pagesOf(drawing, id, iteration) }));
			writeStep(id, iteration);
		},
		[drawing],
	);
	const select = useCallback(
		(id: NodeId | null, iteration?: string) => {
			setTouched(true);
			if (id === null) return leaveStep();
			enterStep();
			show(id, iteration);
		},
		[show],
	);
	const turn = useCallback((container: NodeId, index: number) => {
		setPages((chosen) => ({ ...chosen, [container]: index }));
	}, []);
	return { chosen: step !== null && drawing.graph.nodes.has(step) ? step : null, pages, touched, select, show, turn };
}

/** The iteration of each container around a step, from the step's own: `1.4` in two containers. */
function pagesOf(drawing: StillDrawing, id: NodeId, iteration: string): PageChoice {
	if (!/^\d+(\.\d+)*$/.test(iteration)) return {};
	const indexes = iteration.split(".").map(Number);
	const pages: Record<NodeId, number> = {};
	for (const [depth, container] of enclosingContainers(drawing.graph, id).reverse().entries()) {
		const index = indexes[depth];
		if (index !== undefined) pages[container.id] = index;
	}
	return pages;
}
