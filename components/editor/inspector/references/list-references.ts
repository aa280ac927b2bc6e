import { definitionOf } from "@/server/nodes/catalog";
import { outputShape, type StepEnd } from "@/server/plan/expressions/output-shape";
import type { FormField } from "@/server/plan/form-field";
import { bodyOf } from "@/server/plan/graph/index-plan";
import type { NodeId, Plan, PlanNode } from "@/server/plan/plan";
import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { type ReferencePlace, type ReferenceScope, referenceScope } from "./earlier-steps";
import { partsOf, type ReferenceValue, referenceValue, type ValueType } from "./reference-values";

/** What earlier runs have shown, and the credentials of the team. */
export interface KnownValues {
	readonly inputs?: JsonObject;
	readonly trigger?: Json;
	readonly state?: JsonObject;
	/** The last output of each step, and the config it ran with. */
	readonly steps: Readonly<Record<NodeId, { readonly output: Json; readonly input?: Json }>>;
	/** What references to secrets may read: `NAME`, and `NAME.part`. */
	readonly credentials: readonly string[];
}

export const NOTHING_KNOWN: KnownValues = { steps: {}, credentials: [] };

/** The values under one heading. `step` is the step whose output they are. */
export interface ReferenceGroup {
	readonly title: string;
	readonly step?: PlanNode;
	/** The step has an output of an earlier run. */
	readonly isKnown: boolean;
	readonly values: readonly ReferenceValue[];
}

/** Everything that a reference at this place can name, in the order of its groups. Groups without values are left out. */
export function listReferences(place: ReferencePlace, known: KnownValues): ReferenceGroup[] {
	const scope = referenceScope(place);
	const groups: ReferenceGroup[] = [
		{ title: "Inputs", isKnown: true, values: place.plan.inputs.map((field) => inputValue(field, known)) },
		{ title: "Trigger", isKnown: known.trigger !== undefined, values: triggerValues(known) },
		...scope.steps.map((step) => stepGroup(step, known, scope.endOf(step))),
		{ title: "This iteration", isKnown: true, values: iterationValues(scope, known) },
		{ title: "Outer iterations", isKnown: true, values: outerValues(scope, known) },
		{ title: "Vars", isKnown: true, values: variableValues(scope) },
		{ title: "State", isKnown: true, values: stateValues(place.plan, known) },
		{ title: "Run", isKnown: true, values: RUN_VALUES },
		{ title: "Credentials", isKnown: true, values: known.credentials.map(credentialValue) },
	];
	return groups.filter(({ step, values }) => step !== undefined || values.length > 0);
}

const INPUT_TYPES = {
	text: "string",
	textarea: "string",
	select: "string",
	number: "number",
	boolean: "boolean",
	multiselect: "array",
	json: "any",
} as const satisfies Record<FormField["type"], ValueType>;

function inputValue(field: FormField, { inputs }: KnownValues): ReferenceValue {
	const value = inputs && Object.hasOwn(inputs, field.name) ? inputs[field.name] : field.default;
	return referenceValue(["inputs", field.name], { value, type: INPUT_TYPES[field.type] });
}

function triggerValues({ trigger }: KnownValues): readonly ReferenceValue[] {
	if (trigger === undefined) return [referenceValue(["trigger", "type"], { type: "string" })];
	return partsOf(referenceValue(["trigger"], { value: trigger }));
}

function stepGroup(step: PlanNode, known: KnownValues, end: StepEnd): ReferenceGroup {
	const last = Object.hasOwn(known.steps, step.id) ? known.steps[step.id]?.output : undefined;
	const isOfEnd = end !== "failed" || (isObject(last) && Object.hasOwn(last, "error"));
	const value = isOfEnd ? last : undefined;
	const output = referenceValue(["steps", step.id, "output"], { value, schema: shapeOf(step, end) });
	return { title: step.name, step, isKnown: value !== undefined, values: [output] };
}

function shapeOf(step: PlanNode, end: StepEnd) {
	const definition = definitionOf(step.type);
	return definition && outputShape(step, definition, end);
}

type Around = Pick<ReferenceScope, "index" | "containers">;

/** What the container around gives its steps: its item, its index and, where it runs in rounds, the one before. */
function iterationValues({ index: graph, containers }: Around, known: KnownValues): ReferenceValue[] {
	const [nearest] = containers;
	if (!nearest) return [];
	const holder = containers.find(({ type }) => definitionOf(type)?.body?.runs === "items");
	const item = holder ? [referenceValue(["item"], { value: firstItem(holder, known) })] : [];
	const ofIteration = (path: readonly string[], more: Parameters<typeof referenceValue>[1]) => ({
		...referenceValue(["iteration", ...path], more),
		name: path.join("."),
	});
	const index = ofIteration(["index"], { type: "number" });
	if (definitionOf(nearest.type)?.body?.runs === "items")
		return [...item, index, ofIteration(["total"], { type: "number" })];
	const previous = bodyOf(graph, nearest.id).map(({ node: step }) =>
		ofIteration(["previous", step.id, "output"], {
			value: Object.hasOwn(known.steps, step.id) ? known.steps[step.id]?.output : undefined,
			schema: shapeOf(step, "either"),
		}),
	);
	return [...item, index, ...previous];
}

/** The same of the containers further out: `outer.item`, `outer.outer.item`. */
function outerValues({ index, containers }: Around, known: KnownValues): ReferenceValue[] {
	return containers.flatMap((_, depth) => {
		if (depth === 0) return [];
		const outer = Array.from({ length: depth }, () => "outer");
		return iterationValues({ index, containers: containers.slice(depth) }, known).map((value) => {
			const path = [...outer, ...value.path];
			return { ...value, path, name: path.join(".") };
		});
	});
}

/** The first of the items that a container had last, or that are written in it. */
function firstItem({ id, type, config }: PlanNode, { steps }: KnownValues): Json | undefined {
	const body = definitionOf(type)?.body;
	if (body?.runs !== "items") return undefined;
	const input = Object.hasOwn(steps, id) ? steps[id]?.input : undefined;
	return isObject(input) ? body.items(input)[0] : literal(body.items(config)[0]);
}

/** Undefined for a text with references: its value is not known here. */
function literal(value: Json | undefined): Json | undefined {
	return typeof value === "string" && value.includes("{{") ? undefined : value;
}

/** Of containers inside one another the inner one's win. */
function variableValues({ containers }: ReferenceScope): ReferenceValue[] {
	const vars = new Map<string, Json>();
	for (const { type, config } of containers) {
		const body = definitionOf(type)?.body;
		if (body?.runs !== "rounds") continue;
		for (const [name, value] of Object.entries(body.vars(config))) if (!vars.has(name)) vars.set(name, value);
	}
	return [...vars].map(([name, value]) => referenceValue(["vars", name], { value: literal(value) }));
}

/** What the last run ended with, and what the plan's steps write. */
function stateValues(plan: Plan, { state = {} }: KnownValues): ReferenceValue[] {
	const names = plan.nodes.flatMap(({ type, config }) => definitionOf(type)?.writesState?.(config) ?? []);
	return [...new Set([...Object.keys(state), ...names])].map((name) =>
		referenceValue(["state", name], { value: Object.hasOwn(state, name) ? state[name] : undefined }),
	);
}

const RUN_VALUES: readonly ReferenceValue[] = [
	referenceValue(["run", "id"], { type: "string" }),
	referenceValue(["run", "number"], { type: "number" }),
	referenceValue(["run", "workflow"], { type: "string" }),
];

function credentialValue(reference: string): ReferenceValue {
	return { ...referenceValue(["secrets", ...reference.split(".")], { type: "string" }), name: reference };
}
