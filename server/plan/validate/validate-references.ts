import type { NodeReference } from "../expressions/node-references";
import { mayMiss } from "../expressions/reference";
import { type Place, type Problem, unknown } from "../expressions/reference-problem";
import { formatPath, REFERENCE_ROOTS, type ReferenceRoot, secretReference } from "../expressions/scope";
import { bodyOf, enclosingContainers } from "../graph/index-plan";
import { type PlanView, quote } from "../graph/plan-view";
import type { Issue } from "../issue";
import type { NodeId, PlanNode } from "../plan";
import { nameContainers } from "./name-containers";
import { checkOutput, list } from "./validate-outputs";

/** References to what does not exist, does not come before, or cannot be seen from where they stand. */
export function checkReferences(
	{ view, order, guards, node }: Pick<Place, "view" | "order" | "guards" | "node">,
	references: readonly NodeReference[],
): Issue[] {
	const around = enclosingContainers(view.index, node.id);
	return references.flatMap((reference) => {
		const { path, source } = reference;
		const { field, inside, kind } = source;
		const containers = inside ? [node, ...around] : around;
		const problem = checkPath({ view, order, guards, node, containers, inside }, path);
		if (!problem || (MISSING.has(problem.code) && (source.mayMiss || mayMiss(reference)))) return [];
		// An expression may ask whether there is such a part, as in has(…).
		const mayBeMeant = problem.code === "may_not_run" || (kind === "cel" && problem.code === "unknown_output");
		const severity = mayBeMeant ? ("warning" as const) : ("error" as const);
		return [toIssue(problem, { severity, nodeId: node.id, field })];
	});
}

export function toIssue(problem: Problem, place: Pick<Issue, "severity" | "nodeId" | "field">): Issue {
	const { suggestion, ...rest } = problem;
	return { ...place, ...rest, ...(suggestion !== undefined && { suggestion }) };
}

/** What leaves a reference without a value, which does no harm where a default is given. */
const MISSING = new Set(["may_not_run", "disabled_step"]);

type PathCheck = (place: Place, path: readonly string[]) => Problem | undefined;

const CHECKS: Readonly<Record<ReferenceRoot, PathCheck>> = {
	inputs: checkInput,
	trigger: () => undefined,
	steps: checkStep,
	vars: checkVariable,
	state: () => undefined,
	item: ({ view, containers }) =>
		containers.some((container) => view.definitionOf(container)?.body?.runs === "items")
			? undefined
			: outside("item", nameContainers(view.definitions, "items")),
	iteration: checkIteration,
	outer: checkOuter,
	run: () => undefined,
	secrets: checkSecret,
	event: ({ view, node }, path) =>
		view.definitionOf(node)?.ownRoots?.includes("event") ? undefined : unknown(path, NO_EVENT, []),
};

function checkPath(place: Place, path: readonly string[]): Problem | undefined {
	const root = REFERENCE_ROOTS.find((each) => each === path[0]);
	if (root) return CHECKS[root](place, path);
	const [first = ""] = path;
	if (first === "error") return explainError(place, path);
	const meant = place.view.suggest(first, REFERENCE_ROOTS) ?? (place.view.index.nodes.has(first) ? "steps" : undefined);
	const rest = meant === "steps" && place.view.index.nodes.has(first) ? path : path.slice(1);
	const advice = FOREIGN_ROOTS.get(first) ?? `A reference begins with one of: ${REFERENCE_ROOTS.join(", ")}.`;
	return unknown(path, `Nothing is called ${first}. ${advice}`, [meant, ...rest]);
}

/** Behind an exit for errors people ask for the error alone. */
function explainError({ guards, node, containers }: Place, path: readonly string[]): Problem {
	const taken = [node, ...containers].flatMap(({ id }) => [...(guards.get(id)?.values() ?? [])]);
	const failed = taken.findLast(({ port }) => port === "error")?.node.id;
	const message = `An error is in the output of the step that failed, as in steps.${failed ?? "test"}.output.error.message.`;
	return unknown(path, message, ["steps", failed, "output", ...path]);
}

const NAME_THE_STEP = "Name the step that has the value, as in steps.test.output.";

const NO_EVENT =
	"event is known in the condition of a step that waits for one. A run that an event has started reads trigger.data.";

/** What other products call their values. */
const FOREIGN_ROOTS: ReadonlyMap<string, string> = new Map([
	...["$json", "$node", "$input", "$item", "$items", "needs", "jobs"].map((root) => [root, NAME_THE_STEP] as const),
	["github", "What started the run is in trigger and inputs, as in inputs.branch."],
	["env", "Use an input, as in inputs.branch, or a credential, as in secrets.github_token."],
	["matrix", "Put the step into a for-each and read its item."],
]);

function outside(root: string, container: string): Problem {
	return {
		code: "outside_container",
		message: `${root} can only be used inside ${container}. Move the step into one, or use another value.`,
	};
}

export function checkInput({ view }: Pick<Place, "view">, path: readonly string[]): Problem | undefined {
	const [, name, ...rest] = path;
	if (name === undefined || view.plan.inputs.some((input) => input.name === name)) return undefined;
	const meant = view.suggest(
		name,
		view.plan.inputs.map((input) => input.name),
	);
	return unknown(path, `The workflow has no input ${name}. Add it, or use another one.`, ["inputs", meant, ...rest]);
}

function checkSecret({ view }: Place, path: readonly string[]): Problem | undefined {
	const [, name, part, ...rest] = path;
	if (name === undefined || rest.length > 0) return unknown(path, "Name one credential, as in secrets.github_token.");
	const { credentials } = view;
	if (!credentials || credentials.includes(secretReference(path))) return undefined;
	const names = [...new Set(credentials.map((reference) => reference.split(".")[0] ?? reference))];
	if (names.includes(name)) return explainPart(view, path);
	const meant = view.suggest(name, names);
	const message = `The team has no credential ${name}. Add it under Credentials, or use another one.`;
	return {
		code: "missing_credential",
		message,
		credential: name,
		suggestion: meant && formatPath(["secrets", meant, ...(part === undefined ? [] : [part])]),
	};
}

/** The credential is there, and what is read of it is not. */
function explainPart({ credentials = [], suggest }: PlanView, path: readonly string[]): Problem {
	const [, name = "", part] = path;
	const parts = credentials.flatMap((reference) =>
		reference.startsWith(`${name}.`) ? reference.slice(name.length + 1) : [],
	);
	if (parts.length === 0) return unknown(path, `${name} is one value, without parts.`, ["secrets", name]);
	const meant = part === undefined ? parts[0] : suggest(part, parts);
	const advice = part === undefined ? `${name} has several values. Name one:` : `${name} has no ${part}. It has:`;
	return unknown(path, `${advice} ${list(parts)}.`, ["secrets", name, meant]);
}

function checkVariable({ view, containers }: Place, path: readonly string[]): Problem | undefined {
	const declared = containers.flatMap((container) => {
		const body = view.definitionOf(container)?.body;
		return body?.runs === "rounds" ? [body.vars(container.config)] : [];
	});
	if (declared.length === 0) return outside("vars", nameContainers(view.definitions, "rounds"));
	const [, name, ...rest] = path;
	if (name === undefined || declared.some((vars) => Object.hasOwn(vars, name))) return undefined;
	const meant = view.suggest(name, namesIn(declared));
	return unknown(path, `The loop has no variable ${name}. Declare it on the loop, or use another one.`, [
		"vars",
		meant,
		...rest,
	]);
}

function* namesIn(declared: readonly object[]): Generator<string, void> {
	for (const vars of declared) for (const name in vars) yield name;
}

function checkIteration(place: Place, path: readonly string[]): Problem | undefined {
	const { view, containers } = place;
	const [nearest] = containers;
	if (!nearest) return outside("iteration", nameContainers(view.definitions));
	const [, part, id] = path;
	if (part !== "previous") return undefined;
	if (view.definitionOf(nearest)?.body?.runs !== "rounds")
		return outside("iteration.previous", nameContainers(view.definitions, "rounds"));
	if (id === undefined) return undefined;
	const target = bodyOf(view.index, nearest.id).find(({ node }) => node.id === id)?.node;
	if (!target) return unknown(path, `${quote(nearest.name)} has no step ${id} inside.`);
	return checkDisabled(target, path) ?? checkOutput(place, target, { path, idAt: 2 });
}

/** What the nearest container sees itself. */
function checkOuter({ containers, ...place }: Place, path: readonly string[]): Problem | undefined {
	if (containers.length < 2) return outside("outer", "a container that stands in another one");
	const [, name, ...rest] = path;
	const root = OUTER_ROOTS.find((each) => each === name);
	if (name === undefined) return undefined;
	if (!root)
		return unknown(path, `outer has only ${list(OUTER_ROOTS)}.`, [
			"outer",
			place.view.suggest(name, OUTER_ROOTS),
			...rest,
		]);
	const problem = CHECKS[root]({ ...place, containers: containers.slice(1) }, path.slice(1));
	if (!problem) return undefined;
	const { message, suggestion } = problem;
	return { ...problem, message: `outer.${message}`, suggestion: suggestion && `outer.${suggestion}` };
}

const OUTER_ROOTS = ["item", "iteration", "vars", "outer"] as const;

function checkStep(place: Place, path: readonly string[]): Problem | undefined {
	const [, id, ...rest] = path;
	if (id === undefined) return unknown(path, "Name the step, as in steps.build.output.");
	const target = place.view.index.nodes.get(id)?.node;
	if (!target) {
		const meant = place.view.suggest(id, visibleSteps(place));
		return unknown(path, `There is no step with the id ${id}.`, ["steps", meant, ...rest]);
	}
	return (
		checkVisible(place, target, path) ??
		checkDisabled(target, path) ??
		checkOutput(place, target, { path, idAt: 1 }) ??
		checkBranch(place, target, path)
	);
}

function checkVisible(place: Place, target: PlanNode, path: readonly string[]): Problem | undefined {
	const sight = sightOf(place, target);
	if (sight === "seen") return undefined;
	if (sight === "later") {
		const what = target === place.node ? "is this step itself" : `does not come before ${quote(place.node.name)}`;
		return {
			code: "not_before",
			...(target !== place.node && { needs: target.id }),
			message: `${formatPath(path)}: ${quote(target.name)} ${what}, so it has no output yet. Connect it before, or use another step.`,
		};
	}
	const container = outermostHidden(place, target);
	return {
		code: "inside_container",
		message: `${formatPath(path)}: ${quote(target.name)} is inside ${quote(container.name)}. From outside only the output of ${quote(container.name)} can be used.`,
		suggestion: formatPath(["steps", container.id, "output"]),
	};
}

/** Siblings that come before, then siblings of each container around that come before it. */
function sightOf({ order, node, containers, inside }: Place, target: PlanNode): "seen" | "later" | "hidden" {
	if (inside && target.parent === node.id) return "seen";
	for (const anchor of inside ? containers : [node, ...containers]) {
		if (target === anchor) return "later";
		if (target.parent === anchor.parent) return order.comesBefore(target.id, anchor.id) ? "seen" : "later";
	}
	return "hidden";
}

/** A step of a branch that need not be taken when the reference is read. */
function checkBranch(
	{ guards, node, containers }: Place,
	target: PlanNode,
	path: readonly string[],
): Problem | undefined {
	const there = guards.get(target.id);
	if (!there || there.size === 0) return undefined;
	const here = [node, ...containers].flatMap(({ id }) => guards.get(id) ?? []);
	const missing = [...there].find(([key]) => !here.some((known) => known.has(key)));
	if (!missing) return undefined;
	const [, { node: branch, port }] = missing;
	return {
		code: "may_not_run",
		message: `${formatPath(path)}: ${quote(target.name)} runs only when ${quote(branch.name)} leaves by “${port}”. Where it does not, this value is missing and the step fails.`,
	};
}

function outermostHidden({ view, node, containers }: Place, target: PlanNode): PlanNode {
	const bodies = new Set<NodeId | undefined>([node.parent, undefined, ...containers.map(({ parent }) => parent)]);
	return enclosingContainers(view.index, target.id).find(({ parent }) => bodies.has(parent)) ?? target;
}

function* visibleSteps(place: Place): Generator<NodeId, void> {
	for (const { node } of place.view.index.nodes.values()) if (sightOf(place, node) === "seen") yield node.id;
}

function checkDisabled(target: PlanNode, path: readonly string[]): Problem | undefined {
	if (!target.disabled) return undefined;
	return {
		code: "disabled_step",
		message: `${formatPath(path)}: ${quote(target.name)} is disabled, so it has no output. Enable it, or use another step.`,
	};
}
