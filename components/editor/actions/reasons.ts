import { stepsAndNotes } from "../canvas/clip-steps";
import { currentNode, currentNodes } from "../canvas/show-node";
import type { EditorSession } from "../editor-session";
import type { ActionTarget } from "./action";

/** Why what is done to steps, connections and notes alike cannot be done now. */
export function whyNothingSelected(session: EditorSession, target?: ActionTarget): string | undefined {
	const { nodes, edges, notes } = session.editor.getState().selection;
	const isAny = nodes.length + edges.length + notes.length > 0 || currentNodes(session, target).length > 0;
	return isAny ? undefined : "nothing is selected";
}

/** Why nothing can be copied, cut or duplicated now. */
export function whyNothingToCopy(session: EditorSession, target?: ActionTarget): string | undefined {
	const { nodes, notes } = stepsAndNotes(session, target);
	return nodes.length + notes.length > 0 ? undefined : "no step or note is selected";
}

/** Why what is done to one step or to several cannot be done now. */
export function whyNoSteps(session: EditorSession, target?: ActionTarget): string | undefined {
	return currentNodes(session, target).length > 0 ? undefined : "no step is selected";
}

/** Why what is done to one step cannot be done now. */
export function whyNoStep(session: EditorSession, target?: ActionTarget): string | undefined {
	return currentNode(session, target) === undefined ? "no step is selected" : undefined;
}
