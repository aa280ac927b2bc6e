import { z } from "zod";
import { DEFAULT_TRIGGERS, type Trigger } from "@/server/triggers/catalog";
import type { FormField } from "../form-field";
import type { Edge, Plan, PlanNode } from "../plan";
import { PLAN_VERSION } from "../upgrade-plan";
import { isSameJson } from "../values/same-json";

/**
 * The plan as its file shows it: defaults left out, connections as `build.out -> test`, positions as `[x, y]`. What is
 * left out comes back when the file is parsed, so nothing is lost.
 */
export function toReadable(plan: Plan): Record<string, unknown> {
	const { inputs, triggers, settings, nodes, edges, notes } = plan;
	return {
		version: PLAN_VERSION,
		...(inputs.length > 0 && { inputs: inputs.map(readableInput) }),
		...(!isSameJson(triggers, [...DEFAULT_TRIGGERS]) && { triggers: triggers.map(readableTrigger) }),
		...filled("settings", readableSettings(settings)),
		nodes: nodes.map(readableNode),
		...(edges.length > 0 && { edges: edges.map(readableEdge) }),
		...(notes.length > 0 && {
			notes: notes.map(({ position, width, height, ...note }) => ({
				...note,
				...without({ width, height }, { width: 208, height: 60 }),
				position: [position.x, position.y],
			})),
		}),
	};
}

/** The reverse, for a value of any shape: what is not in a readable form is left for the plan's schema to judge. */
export function fromReadable(file: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return {
		...file,
		...convertList(file, "triggers", (trigger) => (typeof trigger === "string" ? { type: trigger } : trigger)),
		...convertList(file, "nodes", readPosition),
		...convertList(file, "notes", readPosition),
		...convertList(file, "edges", readEdge),
	};
}

/** A trigger without settings is its type alone. */
function readableTrigger(trigger: Trigger): Trigger | string {
	return Object.keys(trigger).length === 1 ? trigger.type : trigger;
}

function readableInput({ required, ...input }: FormField) {
	return { ...input, ...(required && { required }) };
}

function readableSettings({ timeoutSeconds, concurrency, ...settings }: Plan["settings"]) {
	return {
		...without({ timeoutSeconds }, { timeoutSeconds: 86_400 }),
		...(concurrency && { concurrency: { ...concurrency, ...hide(concurrency.policy === "queue", "policy") } }),
		...settings,
	};
}

function readableNode(node: PlanNode): Record<string, unknown> {
	const { id, type, name, parent, disabled, join, onFailure, timeoutSeconds, retry, config, position } = node;
	return {
		id,
		type,
		name,
		parent,
		disabled,
		...without({ join, onFailure }, { join: "all", onFailure: "stop" }),
		timeoutSeconds,
		...(retry && { retry: readableRetry(retry) }),
		...filled("config", config),
		...((position.x !== 0 || position.y !== 0) && { position: [position.x, position.y] }),
	};
}

function readableRetry(retry: NonNullable<PlanNode["retry"]>) {
	return without(retry, { maxAttempts: 3, backoff: "exponential", delaySeconds: 2, jitter: true });
}

function readableEdge({ from, port, to }: Edge): unknown {
	const text = port === "out" ? `${from} -> ${to}` : `${from}.${port} -> ${to}`;
	const read = readEdge(text);
	const isSame = edgeText.safeParse(read).data?.port === port;
	return isSame ? text : { from, port, to };
}

const edgeText = z.object({ port: z.string() });

/** `build -> test` or `check.true -> deploy`. Ids hold no dots, so that everything between is the port. */
export function readEdge(edge: unknown): unknown {
	if (typeof edge !== "string") return edge;
	const [, from, port, to] = /^\s*([a-z][a-z0-9_]*)(?:\.(\S(?:.*\S)?))?\s*->\s*([a-z][a-z0-9_]*)\s*$/s.exec(edge) ?? [];
	return from === undefined ? edge : { from, port: port ?? "out", to };
}

function readPosition(item: unknown): unknown {
	if (typeof item !== "object" || item === null || !("position" in item) || !Array.isArray(item.position)) return item;
	const [x, y, ...rest]: unknown[] = item.position;
	return rest.length > 0 ? item : { ...item, position: { x, y } };
}

function convertList(file: Readonly<Record<string, unknown>>, key: string, convert: (item: unknown) => unknown) {
	const list = file[key];
	return Array.isArray(list) ? { [key]: list.map(convert) } : {};
}

function without<Value extends object>(value: Value, defaults: Partial<Record<keyof Value, unknown>>): Partial<Value> {
	const known = new Map(Object.entries(defaults));
	const entries = Object.entries(value).filter(([key, item]) => !known.has(key) || known.get(key) !== item);
	return fromEntries(entries);
}

/** `Object.fromEntries` forgets which object the entries came from. */
function fromEntries<Value extends object>(entries: [string, unknown][]): Partial<Value> {
	return Object.fromEntries(entries) as Partial<Value>;
}

function hide(isDefault: boolean, key: string): Record<string, undefined> {
	return isDefault ? { [key]: undefined } : {};
}

function filled(key: string, value: object): Record<string, unknown> {
	return Object.values(value).some((item) => item !== undefined) ? { [key]: value } : {};
}
