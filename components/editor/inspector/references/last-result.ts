import { evaluateCel } from "@/server/plan/expressions/evaluate-cel";
import type { TextKind } from "@/server/plan/expressions/field-rules";
import { resolveJson } from "@/server/plan/expressions/references";
import { ExpressionError, type Scope, UnknownReferenceError } from "@/server/plan/expressions/scope";
import type { Plan } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { ReferencePlace } from "./earlier-steps";
import { referencesOfText } from "./fix-reference";
import { type KnownValues, listReferences } from "./list-references";
import { putAt } from "./put-at";

/** What an expression was in the last run, as far as everything in it is known; nothing without references. */
export function lastResult(value: Json | undefined, kind: TextKind, scopeOf: () => Scope): string | undefined {
	if (value === undefined || kind === "code" || !hasReferences(value, kind)) return undefined;
	const result = tryResolve(value, kind, scopeOf());
	return result === undefined || result === value ? undefined : writeResult(result);
}

function hasReferences(value: Json, kind: TextKind): boolean {
	if (typeof value === "string") return referencesOfText(value, kind).length > 0;
	return typeof value === "object" && value !== null && Object.values(value).some((part) => hasReferences(part, kind));
}

function tryResolve(value: Json, kind: TextKind, scope: Scope): Json | undefined {
	try {
		if (kind === "cel") return typeof value === "string" ? evaluateCel(value, scope) : undefined;
		return resolveJson(value, scope).recorded;
	} catch (error) {
		if (error instanceof UnknownReferenceError || error instanceof ExpressionError) return undefined;
		throw error;
	}
}

/** More than anybody reads in a tooltip. */
const LONGEST = 2_000;

function writeResult(value: Json): string {
	const text = typeof value === "string" ? value.trim() : JSON.stringify(value);
	if (text === "") return "an empty text";
	return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}

const scopes = new WeakMap<Plan, Map<string, { known: KnownValues; scope: Scope }>>();

/** The values that references at a place had last. All fields of a form ask for the same ones with every keystroke. */
export function lastScope(place: ReferencePlace, known: KnownValues): Scope {
	const { plan, nodeId, inside } = place;
	const ofPlan = scopes.get(plan) ?? new Map<string, { known: KnownValues; scope: Scope }>();
	scopes.set(plan, ofPlan);
	const key = `${nodeId} ${inside}`;
	const kept = ofPlan.get(key);
	if (kept?.known === known) return kept.scope;
	const scope = gatherScope(place, known);
	ofPlan.set(key, { known, scope });
	return scope;
}

function gatherScope(place: ReferencePlace, known: KnownValues): Scope {
	const scope: JsonObject = {};
	for (const { values } of listReferences(place, known)) {
		for (const { path, value } of values) if (value !== undefined) putAt(scope, path, value);
	}
	const secrets = Object.fromEntries(known.credentials.map((name) => [name, name]));
	return { ...scope, secrets };
}
