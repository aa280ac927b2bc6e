import {
	ArrowRightToLine,
	BetweenHorizontalStart,
	BoxSelect,
	Braces,
	FoldVertical,
	LayoutList,
	Link2,
	ListPlus,
	PencilLine,
	Play,
	Plus,
	Replace,
	StickyNote,
} from "lucide-react";
import type { Point } from "@/components/canvas/drawing/geometry";
import { writeClipboard } from "@/components/ui/clipboard";
import { showDone, showError } from "@/components/ui/toasts/toaster";
import { addNote } from "@/server/plan/edits/edit-notes";
import { writeReference } from "@/server/plan/expressions/write-reference";
import { leavesOf } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { currentNode, currentNodes, type ShowNode } from "../canvas/show-node";
import type { EditorSession } from "../editor-session";
import { placeAfter, type StepPlace } from "../insert/insert-step";
import { focusName } from "../inspector/focus-field";
import type { Action, ActionTarget } from "./action";
import type { CanvasPoints } from "./canvas-points";
import { whyNoStep, whyNoSteps } from "./reasons";

/** Adding, inserting and connecting without the mouse. */
export function stepActions(
	session: EditorSession,
	points: CanvasPoints,
	{ tidy, show }: { tidy: () => void; show: ShowNode },
): Action[] {
	return [
		...connectedActions(session, points),
		...containerActions(session, points, show),
		...resultActions(session),
		{
			id: "note",
			title: "Add a note",
			group: "Steps",
			Icon: StickyNote,
			keys: "n",
			run: () => writeNote(session, points.middle()),
		},
		{ id: "tidy", title: "Tidy up", group: "Steps", Icon: LayoutList, keys: "shift+l", run: tidy },
	];
}

/** Steps along the edges: at the end of one, on it, or joined by a new one. */
function connectedActions(session: EditorSession, points: CanvasPoints): Action[] {
	const noStep = (target?: ActionTarget) => whyNoStep(session, target);
	return [
		{
			id: "add",
			title: "Add a step",
			group: "Steps",
			Icon: Plus,
			keys: "a",
			run: (target) =>
				target?.at ? pickAt(session, points, target.at) : pick(session, points, addPlace(session, points)),
		},
		{
			id: "rename-step",
			title: "Rename the step",
			group: "Steps",
			Icon: PencilLine,
			keys: "f2",
			reason: noStep,
			run: () => renameStep(session),
		},
		{
			id: "replace",
			title: "Replace with another type",
			group: "Steps",
			Icon: Replace,
			reason: noStep,
			run: (target) => session.state.setState({ replacing: currentNode(session, target) ?? null }),
		},
		{
			id: "next",
			title: "Add a step after this one",
			group: "Steps",
			Icon: ArrowRightToLine,
			keys: "tab",
			heardElsewhere: true,
			reason: noStep,
			run: () => pick(session, points, addPlace(session, points)),
		},
		{
			id: "insert",
			title: "Insert a step on the connection after it",
			group: "Steps",
			Icon: ListPlus,
			keys: "i",
			reason: () => (placeOnNextEdge(session) ? undefined : "nothing follows this step"),
			run: () => pick(session, points, placeOnNextEdge(session)),
		},
		{
			id: "connect",
			title: "Connect with",
			group: "Steps",
			Icon: Link2,
			keys: "c",
			reason: noStep,
			run: (target) => session.state.setState({ joining: currentNode(session, target) ?? null }),
		},
	];
}

function containerActions(session: EditorSession, points: CanvasPoints, show: ShowNode): Action[] {
	return [
		{
			id: "inside",
			title: "Add a step inside the container",
			group: "Steps",
			Icon: BetweenHorizontalStart,
			keys: "shift+a",
			reason: () => (insidePlace(session) ? undefined : "no open container is selected"),
			run: () => pick(session, points, insidePlace(session)),
		},
		{
			id: "relocate",
			title: "Move into or out of a container",
			group: "Steps",
			Icon: BoxSelect,
			keys: "m",
			reason: () => whyNoSteps(session),
			run: () => session.state.setState({ relocating: currentNodes(session) }),
		},
		{
			id: "fold",
			title: "Close or open the container",
			group: "Steps",
			Icon: FoldVertical,
			keys: "e",
			reason: () => (containerHere(session) ? undefined : "no container is selected"),
			run: () => fold(session, show),
		},
	];
}

/** What a step puts out: seen by trying it, and read by others. */
function resultActions(session: EditorSession): Action[] {
	const noStep = (target?: ActionTarget) => whyNoStep(session, target);
	return [
		{
			id: "try",
			title: "Try this step",
			group: "Steps",
			Icon: Play,
			reason: noStep,
			run: (target) => openTry(session, currentNode(session, target)),
		},
		{
			id: "copy-reference",
			title: "Copy the reference to the step's output",
			label: "Copy its reference",
			group: "Steps",
			Icon: Braces,
			reason: noStep,
			run: (target) => copyReference(currentNode(session, target)),
		},
	];
}

function openTry({ editor, state }: EditorSession, id: NodeId | undefined): void {
	if (id === undefined) return;
	editor.getState().select({ nodes: [id] });
	state.setState({ opening: { id, tab: "try" } });
}

function copyReference(id: NodeId | undefined): void {
	if (id === undefined) return;
	writeClipboard(writeReference(["steps", id, "output"], "braces")).then(
		() => showDone("Copied the reference to its output"),
		() => showError("The browser does not let pages copy. Type the reference instead."),
	);
}

function addPlace(session: EditorSession, { middle }: CanvasPoints): StepPlace {
	const { drawing } = session.state.getState();
	if (drawing.layout.nodes.size === 0) return { kind: "at", at: { x: 0, y: 0 } };
	return placeAfter(drawing, currentNode(session)) ?? { kind: "at", at: middle() };
}

function pickAt({ state }: EditorSession, { toCanvas }: CanvasPoints, at: Point): void {
	state.setState({ picking: { place: { kind: "at", at: toCanvas(at) }, at } });
}

/** Opens the list of steps beside the step that it is about. */
function pick(session: EditorSession, { middle, toScreen }: CanvasPoints, place: StepPlace | undefined): void {
	if (!place) return;
	const { drawing } = session.state.getState();
	const rect = drawing.layout.nodes.get(currentNode(session) ?? "")?.rect;
	const at = toScreen(rect ? { x: rect.x + rect.width + 12, y: rect.y } : middle());
	session.state.setState({ picking: { place, at } });
}

function placeOnNextEdge(session: EditorSession): StepPlace | undefined {
	const id = currentNode(session);
	const { edges } = session.state.getState().drawing;
	const edge = edges.find((known) => known.kind === "edge" && known.from === id);
	return edge && { kind: "edge", edge: edge.id };
}

/** Behind the last step of a container's body, or as its first one. */
function insidePlace(session: EditorSession): StepPlace | undefined {
	const { drawing } = session.state.getState();
	const id = currentNode(session);
	if (id === undefined || !drawing.layout.nodes.get(id)?.look.container) return undefined;
	const last = leavesOf(drawing.graph, id).at(-1);
	return last ? placeAfter(drawing, last.id) : { kind: "first", parent: id };
}

function containerHere(session: EditorSession): string | undefined {
	const id = currentNode(session);
	const look = session.state.getState().drawing.layout.nodes.get(id ?? "")?.look;
	return look?.container || look?.isCollapsed ? id : undefined;
}

function fold(session: EditorSession, show: ShowNode): void {
	const id = containerHere(session);
	if (id === undefined) return;
	session.toggle(id);
	session.announce(session.state.getState().collapsed.has(id) ? "Closed." : "Opened.");
	show(id);
}

export function writeNote({ editor, state, announce }: EditorSession, at: Point): void {
	if (!editor.getState().apply("Add note", (plan) => addNote(plan, { text: "", position: at }), { select: "added" }))
		return;
	const [note] = editor.getState().selection.notes;
	state.setState({ writing: note ?? null });
	announce("Added a note.");
}

/** Its name stands beside the canvas, ready to be written over. */
function renameStep(session: EditorSession): void {
	const id = currentNode(session);
	if (id === undefined) return;
	session.editor.getState().select({ nodes: [id] });
	focusName(id);
}
