import { type Document, isCollection, isMap, isNode, isPair, isSeq, type LineCounter, type Node } from "yaml";
import type { Issue } from "../issue";
import { valueAt } from "../validate/explain-problem";

/** A parsed file, to find places in. */
export interface YamlSource {
	document: Document.Parsed;
	lines: LineCounter;
	/** The plan in the file, not yet checked. */
	plan: unknown;
}

/** Line and column, from 1, of what an issue is about: its field, or the nearest thing around it. */
export function locateIssue(
	source: YamlSource,
	issue: Pick<Issue, "nodeId" | "field" | "code">,
): { line: number; column: number } {
	const node = nodeAt(source.document, pathOfIssue(source, issue));
	const { line, col } = source.lines.linePos(node?.range?.[0] ?? 0);
	return { line: Math.max(1, line), column: Math.max(1, col) };
}

function pathOfIssue(
	{ plan }: YamlSource,
	{ nodeId, field = "", code }: Pick<Issue, "nodeId" | "field" | "code">,
): string[] {
	const parts = field === "" ? [] : field.split(".");
	if (nodeId === undefined) return parts;
	if (parts[0] === "edges") {
		const edges = valueAt(plan, ["edges"]);
		const port = parts.slice(1).join(".");
		const edge = indexOf(edges, { from: nodeId, ...(port !== "" && { port }) }) ?? indexOf(edges, { to: nodeId });
		if (edge !== undefined) return ["edges", String(edge)];
	}
	const index = indexOf(valueAt(plan, ["nodes"]), { id: nodeId }, code === "duplicate_id");
	return index === undefined ? [] : ["nodes", String(index), ...parts];
}

function indexOf(items: unknown, wanted: Record<string, string>, last = false): number | undefined {
	if (!Array.isArray(items)) return undefined;
	const matches = (item: unknown) => Object.entries(wanted).every(([key, value]) => valueAt(item, [key]) === value);
	const index = last ? items.findLastIndex(matches) : items.findIndex(matches);
	return index < 0 ? undefined : index;
}

/** Goes as deep as the path leads. Keys may hold dots, so several parts can be one key. */
function nodeAt(document: Document.Parsed, path: readonly string[]): Node | null {
	let at: Node | null = document.contents;
	let rest = path;
	while (isCollection(at) && rest.length > 0) {
		const step = stepInto(at, rest);
		if (!step) return at;
		at = step.node;
		rest = rest.slice(step.parts);
	}
	return at;
}

function stepInto(collection: Node, path: readonly string[]): { node: Node; parts: number } | undefined {
	if (isSeq(collection)) {
		const item = collection.items[Number(path[0])];
		return isNode(item) ? { node: item, parts: 1 } : undefined;
	}
	if (!isMap(collection)) return undefined;
	for (let parts = 1; parts <= path.length; parts++) {
		const key = path.slice(0, parts).join(".");
		const pair = collection.items.find((item) => isPair(item) && String(item.key) === key);
		if (pair)
			return { node: isNode(pair.value) && pair.value.range ? pair.value : keyNode(pair.key, collection), parts };
	}
	return undefined;
}

function keyNode(key: unknown, collection: Node): Node {
	return isNode(key) ? key : collection;
}
