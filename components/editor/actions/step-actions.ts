import {
	ArrowRightToLine,
	BetweenHorizontalStart,
	BoxSelect,
	FoldVertical,
	LayoutList,
	Link2,
	ListPlus,
	PencilLine,
	Plus,
	Replace,
	StickyNote,
} from "lucide-react";
import type { Point } from "@/components/canvas/geometry";
import { leavesOf } from "@/components/canvas/plan-graph";
import { addNote } from "@/server/plan/edits/edit-notes";
import { currentNode, currentNodes, type ShowNode } from "../canvas/show-node";
import { placeBehind, type StepPlace } from "../insert/insert-step";
import { focusName } from "../inspector/focus-field";
import type { Workbench } from "../workbench";
import type { Action } from "./action";
import { whyNoSteps } from "./reasons";

interface CanvasPoints {
	/** The middle of what is in sight, on the canvas. */
	middle(): Point;
	toScreen(point: Point): Point;
}

/** Adding, inserting and connecting without the mouse. */
export function stepActions(
	bench: Workbench,
	points: CanvasPoints,
	{ tidy, show }: { tidy: () => void; show: ShowNode },
): Action[] {
	return [
		...connectedActions(bench, points),
		...containerActions(bench, points, show),
		{
			id: "note",
			title: "Add a note",
			group: "Steps",
			Icon: StickyNote,
			keys: "n",
			run: () => writeNote(bench, points.middle()),
		},
		{ id: "tidy", title: "Tidy up", group: "Steps", Icon: LayoutList, keys: "shift+l", run: tidy },
	];
}

/** Steps along the edges: at the end of one, on it, or joined by a new one. */
function connectedActions(bench: Workbench, points: CanvasPoints): Action[] {
	const noStep = () => (currentNode(bench) === undefined ? "no step is selected" : undefined);
	return [
		{
			id: "add",
			title: "Add a step",
			group: "Steps",
			Icon: Plus,
			keys: "a",
			run: () => pick(bench, points, addPlace(bench, points)),
		},
		{
			id: "rename-step",
			title: "Rename the step",
			group: "Steps",
			Icon: PencilLine,
			keys: "f2",
			reason: noStep,
			run: () => renameStep(bench),
		},
		{
			id: "replace",
			title: "Replace with another type",
			group: "Steps",
			Icon: Replace,
			reason: noStep,
			run: () => bench.state.setState({ replacing: currentNode(bench) ?? null }),
		},
		{
			id: "next",
			title: "Add a step after this one",
			group: "Steps",
			Icon: ArrowRightToLine,
			keys: "tab",
			heardElsewhere: true,
			reason: noStep,
			run: () => pick(bench, points, addPlace(bench, points)),
		},
		{
			id: "insert",
			title: "Insert a step on the connection after it",
			group: "Steps",
			Icon: ListPlus,
			keys: "i",
			reason: () => (placeAfterSelected(bench) ? undefined : "nothing follows this step"),
			run: () => pick(bench, points, placeAfterSelected(bench)),
		},
		{
			id: "connect",
			title: "Connect with",
			group: "Steps",
			Icon: Link2,
			keys: "c",
			reason: noStep,
			run: () => bench.state.setState({ joining: currentNode(bench) ?? null }),
		},
	];
}

function containerActions(bench: Workbench, points: CanvasPoints, show: ShowNode): Action[] {
	return [
		{
			id: "inside",
			title: "Add a step inside the container",
			group: "Steps",
			Icon: BetweenHorizontalStart,
			keys: "shift+a",
			reason: () => (insidePlace(bench) ? undefined : "no open container is selected"),
			run: () => pick(bench, points, insidePlace(bench)),
		},
		{
			id: "relocate",
			title: "Move into or out of a container",
			group: "Steps",
			Icon: BoxSelect,
			keys: "m",
			reason: () => whyNoSteps(bench),
			run: () => bench.state.setState({ relocating: currentNodes(bench) }),
		},
		{
			id: "fold",
			title: "Close or open the container",
			group: "Steps",
			Icon: FoldVertical,
			keys: "e",
			reason: () => (containerHere(bench) ? undefined : "no container is selected"),
			run: () => fold(bench, show),
		},
	];
}

function addPlace(bench: Workbench, { middle }: CanvasPoints): StepPlace {
	const { drawing } = bench.state.getState();
	if (drawing.layout.nodes.size === 0) return { kind: "at", at: { x: 0, y: 0 } };
	return placeBehind(drawing, currentNode(bench)) ?? { kind: "at", at: middle() };
}

/** Opens the list of steps beside the step that it is about. */
function pick(bench: Workbench, { middle, toScreen }: CanvasPoints, place: StepPlace | undefined): void {
	if (!place) return;
	const { drawing } = bench.state.getState();
	const rect = drawing.layout.nodes.get(currentNode(bench) ?? "")?.rect;
	const at = toScreen(rect ? { x: rect.x + rect.width + 12, y: rect.y } : middle());
	bench.state.setState({ picking: { place, at } });
}

function placeAfterSelected(bench: Workbench): StepPlace | undefined {
	const id = currentNode(bench);
	const { edges } = bench.state.getState().drawing;
	const edge = edges.find((known) => known.kind === "edge" && known.from === id);
	return edge && { kind: "edge", edge: edge.id };
}

/** Behind the last step of a container's body, or as its first one. */
function insidePlace(bench: Workbench): StepPlace | undefined {
	const { drawing } = bench.state.getState();
	const id = currentNode(bench);
	if (id === undefined || !drawing.layout.nodes.get(id)?.look.container) return undefined;
	const last = leavesOf(drawing.graph, id).at(-1);
	return last ? placeBehind(drawing, last.id) : { kind: "first", parent: id };
}

function containerHere(bench: Workbench): string | undefined {
	const id = currentNode(bench);
	const look = bench.state.getState().drawing.layout.nodes.get(id ?? "")?.look;
	return look?.container || look?.closed ? id : undefined;
}

function fold(bench: Workbench, show: ShowNode): void {
	const id = containerHere(bench);
	if (id === undefined) return;
	bench.toggle(id);
	bench.say(bench.state.getState().shut.has(id) ? "Closed." : "Opened.");
	show(id);
}

export function writeNote({ editor, state, say }: Workbench, at: Point): void {
	if (!editor.getState().apply("Add note", (plan) => addNote(plan, { text: "", position: at }), { select: "added" }))
		return;
	const [note] = editor.getState().selection.notes;
	state.setState({ writing: note ?? null });
	say("Added a note.");
}

/** Its name stands beside the canvas, ready to be written over. */
function renameStep(bench: Workbench): void {
	const id = currentNode(bench);
	if (id === undefined) return;
	bench.editor.getState().select({ nodes: [id] });
	focusName(id);
}
