import type { ASTNode } from "@marcbachmann/cel-js";
import type { Reference, Span } from "./reference";
import { isReferenceRoot } from "./scope";

interface Path {
	readonly path: readonly string[];
	readonly parts: readonly Span[];
}

/** The fixed path that a node spells out, as in `steps.test["output"].items[0]`; none for anything computed. */
export function pathOf(node: { op?: unknown; args?: unknown }): Path | undefined {
	return isNode(node) ? readPath(node) : undefined;
}

/** Every path in an expression that begins with a root, the longest form of each. Macro variables are left out. */
export function celPaths(ast: ASTNode): Reference[] {
	const found: Reference[] = [];
	visit(ast, new Set(), found);
	const asked = new Set(askedPaths(ast).map(stepOf));
	return found.map((reference) => (asked.has(stepOf(reference.path)) ? { ...reference, isAskedFor: true } : reference));
}

/** The paths that an expression asks for with `has()`. */
function askedPaths(node: ASTNode): (readonly string[])[] {
	const [argument] = node.op === "call" && node.args[0] === "has" ? node.args[1] : [];
	const path = argument && readPath(argument)?.path;
	return path ? [path] : childrenOf(node).flatMap(askedPaths);
}

/** `steps.build`: a step has its whole output or none. */
function stepOf(path: readonly string[]): string {
	return path.slice(0, 2).join(".");
}

function isNode(node: object): node is ASTNode {
	return "op" in node && "args" in node && "start" in node;
}

function readPath(node: ASTNode): Path | undefined {
	if (node.op === "id") return { path: [node.args], parts: [{ start: node.pos, end: node.end }] };
	if (node.op === "." || node.op === ".?") {
		const [object, name] = node.args;
		return extend(readPath(object), name, { start: node.pos, end: node.end });
	}
	if (node.op === "[]" || node.op === "[?]") {
		const [object, index] = node.args;
		if (index.op !== "value" || (typeof index.args !== "string" && typeof index.args !== "bigint")) return undefined;
		return extend(readPath(object), String(index.args), { start: index.start, end: index.end });
	}
	return undefined;
}

function extend(base: Path | undefined, name: string, span: Span): Path | undefined {
	return base && { path: [...base.path, name], parts: [...base.parts, span] };
}

type Bound = ReadonlySet<string>;

function visit(node: ASTNode, bound: Bound, found: Reference[]): void {
	const fixed = readPath(node);
	if (fixed) {
		const [root] = fixed.path;
		const [first] = fixed.parts;
		if (first && isReferenceRoot(root) && !bound.has(root))
			found.push({ ...fixed, start: first.start, end: fixed.parts.at(-1)?.end ?? first.end });
		return;
	}
	if (node.op === "rcall") visitMethod(node.args, bound, found);
	else for (const child of childrenOf(node)) visit(child, bound, found);
}

/** Macros whose first argument names a variable that the later ones can use. */
const BINDING_MACROS = new Set(["all", "exists", "exists_one", "map", "filter", "bind"]);

function visitMethod([name, object, args]: [string, ASTNode, ASTNode[]], bound: Bound, found: Reference[]): void {
	visit(object, bound, found);
	const [variable, ...rest] = args;
	if (!BINDING_MACROS.has(name) || variable?.op !== "id") {
		for (const arg of args) visit(arg, bound, found);
		return;
	}
	const inner = new Set([...bound, variable.args]);
	for (const [index, arg] of rest.entries()) visit(arg, name === "bind" && index === 0 ? bound : inner, found);
}

/** The expressions directly inside another one. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
	switch (node.op) {
		case "value":
		case "id":
			return [];
		case ".":
		case ".?":
			return [node.args[0]];
		case "call":
			return node.args[1];
		case "rcall":
			return [node.args[1], ...node.args[2]];
		case "map":
			return node.args.flat();
		case "!_":
		case "-_":
			return [node.args];
		default:
			return node.args;
	}
}
