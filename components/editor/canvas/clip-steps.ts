import type { Drawing } from "@/components/canvas/drawing/draw-plan";
import { boundsOf, type Point, type Rect } from "@/components/canvas/drawing/geometry";
import { layOutPlan, type PlanLayout } from "@/components/canvas/drawing/lay-out-plan";
import { catalog } from "@/server/nodes/catalog";
import { countOf } from "@/server/nodes/summary-text";
import { disconnect } from "@/server/plan/edits/connect";
import { removeNotes } from "@/server/plan/edits/edit-notes";
import { duplicateNodes, explainPaste, type PlanPart, partOf, pasteNodes } from "@/server/plan/edits/paste-nodes";
import type { PlanEdit } from "@/server/plan/edits/plan-edit";
import { takeOutNodes } from "@/server/plan/edits/take-out-nodes";
import { indexPlan } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan } from "@/server/plan/plan";
import { fromClipboard, toClipboard } from "@/server/plan/yaml/clipboard";
import type { ActionTarget } from "../actions/action";
import type { EditorSession } from "../editor-session";
import type { Selection } from "../history";
import { makeRoom } from "../insert/make-room";
import { findFreeRect, occupiedRects } from "../insert/step-size";
import { writePositions } from "../moving/write-positions";
import { currentNodes } from "./show-node";

/** The steps and notes that copying, cutting and duplicating are about: connections go with their steps, not alone. */
export function stepsAndNotes(session: EditorSession, target?: ActionTarget): StepsAndNotes {
	const notes = target?.nodes ? [] : session.editor.getState().selection.notes;
	return { nodes: currentNodes(session, target), notes };
}

interface StepsAndNotes {
	nodes: readonly NodeId[];
	notes: readonly string[];
}

/** Those steps and notes as text for the system clipboard; undefined if there are none. */
export function copySelection(session: EditorSession): string | undefined {
	const chosen = stepsAndNotes(session);
	if (chosen.nodes.length + chosen.notes.length === 0) return undefined;
	const settled = writePositions(session.editor.getState().plan, session.state.getState().drawing.layout);
	return toClipboard(partOf(settled, chosen, catalog));
}

export function announceCopied(session: EditorSession): void {
	session.announce(`Copied ${countSteps(stepsAndNotes(session))}.`);
}

/** What has been copied is taken off the canvas. */
export function cutCopied(session: EditorSession): void {
	const chosen = stepsAndNotes(session);
	if (!session.editor.getState().apply("Cut", removeSelection({ ...chosen, edges: [] }))) return;
	session.announce(`Cut ${countSteps(chosen)}.`);
}

/** “2 steps”, “1 note” or “2 steps and 1 note”. */
export function countSteps({ nodes, notes }: { nodes: readonly unknown[]; notes: readonly unknown[] }): string {
	if (notes.length === 0) return countOf(nodes.length, "step");
	if (nodes.length === 0) return countOf(notes.length, "note");
	return `${countOf(nodes.length, "step")} and ${countOf(notes.length, "note")}`;
}

/** Removes what is selected: connections, notes, and steps with all that stands inside them. What a chain led to stays connected. */
export function removeSelection({ nodes, notes, edges }: Selection): PlanEdit {
	return (plan) => takeOutNodes(removeNotes(disconnect(plan, edges), notes), nodes, catalog);
}

/** Copies steps and notes to the next free place below, in the container that they stand in. */
export function duplicateBeside(
	{ layout }: Drawing,
	chosen: { nodes: readonly NodeId[]; notes?: readonly string[] },
): PlanEdit {
	return (plan) => {
		const settled = writePositions(plan, layout);
		const offset = offsetBeside(layout, placePart(partOf(settled, chosen, catalog)), homeOf(layout, chosen.nodes));
		return makeRoom(duplicateNodes(settled, { ...chosen, offset }, catalog), layout);
	};
}

/** Steps of several containers are copied to the canvas itself. */
function homeOf({ nodes }: PlanLayout, ids: readonly NodeId[]): NodeId {
	const [home = "", ...others] = new Set(ids.map((id) => nodes.get(id)?.level ?? ""));
	return others.length === 0 ? home : "";
}

function offsetBeside(layout: PlanLayout, part: PlanPart, home: NodeId): Point {
	const origin = layout.nodes.get(home)?.rect ?? { x: 0, y: 0 };
	const steps = rectsOf(part).map((rect) => ({ ...rect, x: rect.x + origin.x, y: rect.y + origin.y }));
	const bounds = boundsOf([...steps, ...noteRectsOf(part)]);
	const { x, y } = findFreeRect({ ...bounds, x: bounds.x + 40, y: bounds.y + 84 }, occupiedRects(layout, home));
	return { x: x - bounds.x, y: y - bounds.y };
}

/** Pastes copied steps around a point of the canvas. What went wrong is said and returned. */
export function pasteText(session: EditorSession, text: string, middle: Point): { problem?: string } {
	const { part, problem } = fromClipboard(text, catalog);
	if (problem) return { problem: problem.message };
	const { editor, state, announce } = session;
	const { drawing } = state.getState();
	const placed = placePart(part);
	const parent = containerToPasteInto(drawing, editor.getState().selection);
	const pasting = { part: placed, parent, offset: offsetOf(placed, drawing, { middle, parent }) };
	const refusal = explainPaste(editor.getState().plan, pasting, catalog);
	if (refusal) return { problem: `${refusal.title}. ${refusal.detail}` };
	const edit: PlanEdit = (plan) =>
		makeRoom(pasteNodes(writePositions(plan, drawing.layout), pasting, catalog), drawing.layout);
	editor.getState().apply("Paste", edit, { select: "added" });
	const [pasted, ...others] = editor.getState().selection.nodes;
	if (pasted !== undefined && others.length + part.notes.length === 0)
		state.setState({ opening: { id: pasted, tab: "configure" } });
	announce(`Pasted ${countSteps(part)}.`);
	return {};
}

/** Text from elsewhere may bring no places: such a part is laid out first. */
function placePart(part: PlanPart): PlanPart {
	return { ...part, nodes: writePositions(planOf(part), layOutPart(part)).nodes };
}

function layOutPart(part: PlanPart): PlanLayout {
	return layOutPlan(indexPlan(planOf(part)));
}

function planOf(part: PlanPart): Plan {
	return { version: 1, triggers: [], settings: { timeoutSeconds: 1 }, ...part };
}

function rectsOf(part: PlanPart): Rect[] {
	return [...layOutPart(part).nodes.values()].map(({ rect }) => rect);
}

function noteRectsOf({ notes }: PlanPart): Rect[] {
	return notes.map(({ position, ...size }) => ({ ...position, ...size }));
}

function containerToPasteInto(drawing: Drawing, { nodes }: Selection): NodeId | undefined {
	const [id, ...others] = nodes;
	if (id === undefined || others.length > 0) return undefined;
	const nodeLayout = drawing.layout.nodes.get(id);
	return nodeLayout?.look.container ? id : nodeLayout?.level || undefined;
}

/** At the middle of what is in view, or below whatever already stands there. */
function offsetOf(
	part: PlanPart,
	{ layout }: Drawing,
	{ middle, parent }: { middle: Point; parent: NodeId | undefined },
): Point {
	const bounds = boundsOf([...rectsOf(part), ...noteRectsOf(part)]);
	const origin = (parent === undefined ? undefined : layout.nodes.get(parent)?.rect) ?? { x: 0, y: 0 };
	const desired = {
		...bounds,
		x: Math.round(middle.x - bounds.width / 2),
		y: Math.round(middle.y - bounds.height / 2),
	};
	const { x, y } = findFreeRect(desired, occupiedRects(layout, parent ?? ""));
	return { x: x - origin.x - bounds.x, y: y - origin.y - bounds.y };
}
