import { currentNodes } from "../canvas/show-node";
import type { Workbench } from "../workbench";

/** Why what is done to steps, connections and notes alike cannot be done now. */
export function whyNothingSelected(bench: Workbench): string | undefined {
	const { nodes, edges, notes } = bench.editor.getState().selection;
	const isAny = nodes.length + edges.length + notes.length > 0 || currentNodes(bench).length > 0;
	return isAny ? undefined : "nothing is selected";
}

/** Why what is done to one step or to several cannot be done now. */
export function whyNoSteps(bench: Workbench): string | undefined {
	return currentNodes(bench).length > 0 ? undefined : "no step is selected";
}
