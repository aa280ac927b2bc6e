import { type ASTNode, parse } from "@marcbachmann/cel-js";
import { cacheByText } from "@/server/plan/expressions/text-cache";

/** What an expression sees: `event` started the run; `async` is the event being matched against it. */
export interface ExpressionContext {
	event: unknown;
	async?: unknown;
}

interface Compiled {
	run: (context: Record<string, unknown>) => unknown;
	/** Every `event.a.b` in the expression, so that missing keys can be read as null, as Inngest does. */
	paths: string[][];
}

/** Some hundred expressions: every wait may bring one of its own. */
const KEPT_CHARS = 200_000;

/** Parses a CEL expression; throws on a syntax error. */
export const compileExpression = cacheByText((expression): Compiled => {
	const run = parse(expression);
	const paths: string[][] = [];
	collectPaths(run.ast, paths);
	return { run: (context) => run(context), paths };
}, KEPT_CHARS);

/** The value of an expression; null where it cannot be evaluated (a comparison of unlike types, for one). */
export function evaluateExpression(expression: string, context: ExpressionContext): unknown {
	const { run, paths } = compileExpression(expression);
	const complete: Record<string, unknown> = { async: null, ...context };
	for (const path of paths) fillPath(complete, path);
	try {
		return run(complete);
	} catch {
		return null;
	}
}

export function isTrue(expression: string | undefined, context: ExpressionContext): boolean {
	return expression === undefined || evaluateExpression(expression, context) === true;
}

/** A concurrency or idempotency key as text. */
export function evaluateKey(expression: string, event: unknown): string {
	const value = evaluateExpression(expression, { event });
	return typeof value === "string" ? value : JSON.stringify(value, (_, v) => (typeof v === "bigint" ? String(v) : v));
}

function collectPaths(node: ASTNode, paths: string[][]): void {
	if (node.op === "call" && node.args[0] === "has") return;
	const path = readPath(node);
	if (path) {
		paths.push(path);
		return;
	}
	for (const child of childrenOf(node)) collectPaths(child, paths);
}

function readPath(node: ASTNode): string[] | undefined {
	if (node.op === "id") return [node.args];
	if (node.op === ".") {
		const left = readPath(node.args[0]);
		return left && [...left, node.args[1]];
	}
	if (node.op === "[]" && node.args[1].op === "value" && typeof node.args[1].args === "string") {
		const left = readPath(node.args[0]);
		return left && [...left, node.args[1].args];
	}
	return undefined;
}

function childrenOf(node: ASTNode): ASTNode[] {
	const found: ASTNode[] = [];
	const visit = (value: unknown): void => {
		if (Array.isArray(value)) value.forEach(visit);
		else if (isNode(value)) found.push(value);
	};
	visit(node.args);
	return found;
}

function isNode(value: unknown): value is ASTNode {
	return typeof value === "object" && value !== null && "op" in value && "args" in value;
}

/** Sets what is missing along the path to null, on copies: the event itself stays as it came. */
function fillPath(root: Record<string, unknown>, path: string[]): void {
	let at = root;
	for (const key of path.slice(0, -1)) {
		const value = at[key] ?? {};
		if (typeof value !== "object" || Array.isArray(value)) return;
		const copy: Record<string, unknown> = { ...value };
		at[key] = copy;
		at = copy;
	}
	const last = path.at(-1) ?? "";
	if (!Object.hasOwn(at, last) || at[last] === undefined) at[last] = null;
}
