"use client";

import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import { startsZoomedOut } from "@/components/canvas/canvas-detail";
import { type CanvasStore, createCanvasStore } from "@/components/canvas/canvas-store";
import { countProblems } from "@/components/canvas/count-problems";
import { type Drawing, drawPlan } from "@/components/canvas/drawing/draw-plan";
import type { Point } from "@/components/canvas/drawing/geometry";
import type { Refusal } from "@/server/plan/edits/plan-edit";
import { withDescendants } from "@/server/plan/graph/select-subtree";
import type { Issue } from "@/server/plan/issue";
import type { NodeId, Plan } from "@/server/plan/plan";
import type { PendingConnection } from "./connecting/connect-steps";
import type { EditorStore } from "./editor-store";
import type { StepPlace } from "./insert/insert-step";
import type { InspectorTab } from "./inspector/inspector-ui";
import type { issuesOf } from "./inspector/plan-issues";
import type { LastView } from "./kept-editors";
import { redrawPlan } from "./tidying/redraw-plan";
import { withoutUnfinished } from "./without-unfinished";

/** The state of the open editor that is not part of the plan: what is selected for an operation, open or in progress. */
export interface EditorSessionState {
	drawing: Drawing;
	/** Everything that is wrong with the plan. */
	issues: readonly Issue[];
	/** A reference is being written in this step with its completion open: that it is unfinished is no problem yet. */
	completing: NodeId | null;
	/** Containers that are drawn closed. */
	collapsed: ReadonlySet<NodeId>;
	/** A step is being chosen for a place; the point is on the screen. */
	picking: { place: StepPlace; at: Point } | null;
	/** A connection that is being dragged, and the step under the pointer that refuses it. */
	pending: PendingConnection | null;
	refusal: { over: NodeId; why: Refusal } | null;
	/** This tab of a step is to be opened: the form of one that has just been added, or the place to try it. */
	opening: { id: NodeId; tab: InspectorTab } | null;
	/** The trigger whose settings stand in the place of the workflow’s, by its id in the plan. */
	trigger: string | null;
	/** Another type is being chosen for this step. */
	replacing: NodeId | null;
	/** Connections of this step are being chosen from a list. */
	joining: NodeId | null;
	/** A container is being chosen from a list for these steps. */
	relocating: readonly NodeId[] | null;
	finding: boolean;
	commanding: boolean;
	/** Two branches have just met here: all of them or the first? */
	meeting: NodeId | null;
	/** The note that is being written. */
	writing: string | null;
	/** The draft with changes that were described and wait to be kept. Nothing of them is in the draft. */
	proposed: Plan | null;
	/** The latest text for screen readers; the number makes the same text twice in a row two announcements. */
	announcement: { text: string; number: number };
}

export interface EditorSession {
	editor: EditorStore;
	canvas: CanvasStore;
	state: StoreApi<EditorSessionState>;
	view: LastView;
	/** Reads a text to people who use a screen reader. */
	announce(text: string): void;
	/** Opens or closes a container's drawing. */
	toggle(container: NodeId): void;
	/** The completion of a reference has opened in a step, or closed. */
	setCompleting(node: NodeId | null): void;
	/** The credentials that the plan is checked against are others now. */
	setCredentials(credentials: readonly string[] | undefined): void;
	/** The prompts that the plan is checked against are others now. */
	recheck(): void;
	/** Keeps drawing and problems in step with the plan; returns a function that ends it. */
	follow(loadCheck: LoadCheck): () => void;
}

/** Loads what finds problems. Handed in: it comes with the parts of the editor that use the session themselves. */
type LoadCheck = () => Promise<typeof issuesOf>;

interface EditorSessionOptions {
	view?: LastView;
	/** Containers that were closed when the workflow was last open here. */
	collapsed: ReadonlySet<NodeId>;
	credentials: readonly string[] | undefined;
	/** What the server found wrong with the plan: the browser checks it once that part of the program has come. */
	issues?: readonly Issue[];
	onCollapse: (collapsed: ReadonlySet<NodeId>) => void;
}

export function createEditorSession(editor: EditorStore, options: EditorSessionOptions): EditorSession {
	const { view = {}, collapsed, issues = [], onCollapse } = options;
	let { credentials } = options;
	const { plan } = editor.getState();
	const state = createStore<EditorSessionState>(() => ({
		...NOTHING_OPEN,
		drawing: drawPlan(plan, collapsed),
		issues,
		collapsed,
	}));
	let check: CheckPlan = (_plan) => state.getState().issues;
	const session: EditorSession = {
		editor,
		state,
		view,
		canvas: createCanvasFor(editor, state),
		announce: (text) =>
			state.setState(({ announcement }) => ({ announcement: { text, number: announcement.number + 1 } })),
		toggle: (container) => {
			const before = state.getState().collapsed;
			const next = before.has(container)
				? new Set([...before].filter((id) => id !== container))
				: new Set([...before, container]);
			onCollapse(next);
			state.setState({ collapsed: next });
			redraw(session, check);
			if (next.has(container)) selectOutside(editor, container);
		},
		setCompleting: (completing) => {
			if (completing === state.getState().completing) return;
			state.setState({ completing });
			recheck(session, check);
		},
		setCredentials: (next) => {
			if (next === credentials) return;
			credentials = next;
			redraw(session, check);
		},
		recheck: () => redraw(session, check),
		follow: (loadCheck) => {
			redraw(session, check);
			const stop = editor.subscribe((now, before) => {
				if (now.plan !== before.plan) redraw(session, check);
				if (now.selection !== before.selection) session.canvas.setState({ selected: onlyOne(now.selection.nodes) });
			});
			let isOver = false;
			void loadCheck().then((checkAll) => {
				if (isOver) return;
				check = (plan) => checkAll(plan, credentials).all;
				recheck(session, check);
			});
			return () => {
				stop();
				isOver = true;
			};
		},
	};
	session.canvas.setState(({ edit }) => ({ edit: edit && { ...edit, onToggle: session.toggle } }));
	return session;
}

type CheckPlan = (plan: Plan) => readonly Issue[];

const NOTHING_OPEN = {
	completing: null,
	picking: null,
	pending: null,
	refusal: null,
	opening: null,
	trigger: null,
	replacing: null,
	joining: null,
	relocating: null,
	finding: false,
	commanding: false,
	meeting: null,
	writing: null,
	proposed: null,
	announcement: { text: "", number: 0 },
};

function createCanvasFor(editor: EditorStore, state: StoreApi<EditorSessionState>): CanvasStore {
	const { selection } = editor.getState();
	return createCanvasStore({
		run: null,
		started: false,
		selected: onlyOne(selection.nodes),
		problems: {},
		pinned: {},
		comments: {},
		isZoomedOut: startsZoomedOut(state.getState().drawing.layout.bounds),
		onOpen: (id, keys) => open(editor, id, keys.shiftKey || keys.metaKey || keys.ctrlKey),
		onTurn: () => {},
		edit: {
			nodes: state.getState().drawing.layout.nodes,
			connection: null,
			targetEdge: null,
			targetContainer: null,
			moving: createStore<ReadonlyMap<string, string>>(() => new Map()),
			onToggle: () => {},
			onTrigger: (trigger) => {
				editor.getState().select({});
				state.setState({ trigger });
			},
			onInsert: (place, at) => state.setState({ picking: { place, at } }),
		},
	});
}

/** With a modifier a step joins what is selected, or leaves it. */
function open(editor: EditorStore, id: NodeId, joins: boolean): void {
	const { selection, select } = editor.getState();
	if (!joins) select({ nodes: [id] });
	else if (selection.nodes.includes(id))
		select({ ...selection, nodes: selection.nodes.filter((other) => other !== id) });
	else select({ ...selection, nodes: [...selection.nodes, id] });
}

/** Nothing stays selected that cannot be seen: a closed container stands for what is inside. */
function selectOutside(editor: EditorStore, container: NodeId): void {
	const { plan, selection, select } = editor.getState();
	const inside = withDescendants(plan, [container]);
	if (!selection.nodes.some((id) => id !== container && inside.has(id))) return;
	select({ ...selection, nodes: [...selection.nodes.filter((id) => !inside.has(id)), container] });
}

function redraw({ editor, canvas, state }: EditorSession, check: CheckPlan): void {
	const { plan } = editor.getState();
	const { drawing: before, collapsed, completing } = state.getState();
	const drawing = redrawPlan(before, plan, collapsed);
	const issues = withoutUnfinished(check(plan), completing);
	state.setState({ drawing, issues });
	canvas.setState(({ edit, problems }) => ({
		edit: edit && { ...edit, nodes: drawing.layout.nodes },
		problems: keepCounts(problems, issues),
	}));
}

/** What is wrong has changed, or what of it is told, and nothing of the drawing. */
function recheck({ editor, canvas, state }: EditorSession, check: CheckPlan): void {
	const issues = withoutUnfinished(check(editor.getState().plan), state.getState().completing);
	state.setState({ issues });
	canvas.setState(({ problems }) => ({ problems: keepCounts(problems, issues) }));
}

/** A node whose counts stay the same keeps them, so that it is not drawn again. */
function keepCounts(before: Record<NodeId, Counts>, issues: readonly Issue[]) {
	const after = countProblems(issues);
	for (const [id, counts] of Object.entries(after)) {
		const old = before[id];
		if (old && old.errors === counts.errors && old.warnings === counts.warnings) after[id] = old;
	}
	return after;
}

interface Counts {
	errors: number;
	warnings: number;
}

function onlyOne(ids: readonly NodeId[]): NodeId | null {
	return ids.length === 1 ? (ids[0] ?? null) : null;
}

export const EditorSessionContext = createContext<EditorSession | null>(null);

export function useEditorSession(): EditorSession {
	const session = useContext(EditorSessionContext);
	if (!session) throw new Error("useEditorSession needs an editor around it.");
	return session;
}

/** Subscribes to a part of the session's state. */
export function useSessionState<T>(select: (state: EditorSessionState) => T): T {
	return useStore(useEditorSession().state, select);
}
