import type { NodeId } from "@/server/plan/plan";

/** Lines from 1, both ends included. */
export interface LineRange {
	first: number;
	last: number;
}

/** Which lines a step takes, from the line on which each step's entry begins. */
export function findNodeLines(text: string, starts: ReadonlyMap<NodeId, number>): Map<NodeId, LineRange> {
	const lines = text.split("\n");
	return new Map([...starts].map(([id, first]) => [id, { first, last: lastLine(lines, first) }]));
}

/** An entry goes on as long as its lines are indented deeper than its dash; blank lines at its end are not its own. */
function lastLine(lines: readonly string[], first: number): number {
	const indent = indentOf(lines[first - 1] ?? "");
	let last = first;
	for (let at = first; at < lines.length; at++) {
		const line = lines[at] ?? "";
		if (line.trim() === "") continue;
		if (indentOf(line) <= indent) break;
		last = at + 1;
	}
	return last;
}

function indentOf(line: string): number {
	return line.length - line.trimStart().length;
}
