import { currentNodes } from "../canvas/show-node";
import type { EditorSession } from "../editor-session";

/** Why what is done to steps, connections and notes alike cannot be done now. */
export function whyNothingSelected(session: EditorSession): string | undefined {
	const { nodes, edges, notes } = session.editor.getState().selection;
	const isAny = nodes.length + edges.length + notes.length > 0 || currentNodes(session).length > 0;
	return isAny ? undefined : "nothing is selected";
}

/** Why what is done to one step or to several cannot be done now. */
export function whyNoSteps(session: EditorSession): string | undefined {
	return currentNodes(session).length > 0 ? undefined : "no step is selected";
}
