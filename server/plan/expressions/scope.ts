import type { NodeId } from "../plan";
import { asJson, type Json, type JsonObject } from "../values/json";
import { TruncatedValueError, truncationOf } from "../values/truncated-value";

/** What a reference can begin with, in `{{ }}` and in CEL alike. */
export const REFERENCE_ROOTS = [
	"inputs",
	"trigger",
	"steps",
	"vars",
	"state",
	"item",
	"iteration",
	"outer",
	"run",
	"secrets",
	"event",
] as const;
export type ReferenceRoot = (typeof REFERENCE_ROOTS)[number];

/** The values behind the references of one step. A root that is not there is unknown to the step. */
export interface Scope {
	readonly inputs?: JsonObject;
	readonly trigger?: Json;
	/** The steps that ended with an output and can be seen from here: same iteration, then the bodies around. */
	readonly steps?: { readonly [id: NodeId]: { readonly output: Json } };
	/** Variables of the nearest loop. */
	readonly vars?: JsonObject;
	readonly state?: JsonObject;
	/** The item of the nearest for-each. */
	readonly item?: Json;
	/** Of the nearest container: `index` from 0, `total` in a for-each, `previous` the steps of a loop's last iteration. */
	readonly iteration?: JsonObject;
	/** What the nearest container sees itself: the values of the containers around it. */
	readonly outer?: JsonObject;
	readonly run?: JsonObject;
	/** The event that a step waits for, in its own condition. */
	readonly event?: JsonObject;
	/** The values of credentials by reference: `NAME`, and `NAME.part`. Only those that the step names need to be here. */
	readonly secrets?: { readonly [reference: string]: string };
}

export function isReferenceRoot(name: string | undefined): name is ReferenceRoot {
	return REFERENCE_ROOTS.some((root) => root === name);
}

/** A path that leads to no value. `path` is the path as written, `missing` the first part of it that is not there. */
export class UnknownReferenceError extends Error {
	override readonly name = "UnknownReferenceError";
	constructor(
		readonly path: string,
		readonly missing: string,
	) {
		super(describeMissing(path, missing));
	}
}

function describeMissing(path: string, missing: string): string {
	if (path === missing && isReferenceRoot(path)) return `There is no ${path} here.`;
	if (path.startsWith("secrets."))
		return `There is no value at ${path}: the credential was removed, or it is a member's own, which is there in that member's runs alone. Add one for the team under Credentials.`;
	const rest = path === missing ? "" : ` (in ${path})`;
	return `There is no value at ${missing}${rest}.`;
}

/** A text or an expression that cannot be understood or worked out, with its place. */
export class ExpressionError extends Error {
	override readonly name = "ExpressionError";
	constructor(readonly problem: { line: number; column: number; message: string }) {
		super(`Line ${problem.line}, column ${problem.column}: ${problem.message}`);
	}
}

/** Writes a path the way a person would: `steps.test.output.items.[0].[first name]`. */
export function formatPath(path: readonly string[]): string {
	return path.map((part) => (/^[\p{L}_][\p{L}\p{N}_-]*$|^\d+$/u.test(part) ? part : `[${part}]`)).join(".");
}

/** `steps.test.output["first name"].items[0]` */
export function formatCelPath(path: readonly string[]): string {
	return path.reduce((text, part) => {
		if (text === "") return part;
		if (/^\d+$/.test(part)) return `${text}[${part}]`;
		return /^[A-Za-z_]\w*$/.test(part) ? `${text}.${part}` : `${text}[${JSON.stringify(part)}]`;
	}, "");
}

/** Follows own properties only, so that `constructor` and `__proto__` lead nowhere. @throws UnknownReferenceError, TruncatedValueError */
export function lookUp(path: readonly string[], scope: Scope): Json {
	if (path[0] === "secrets" && path.length > 1) return lookUpSecret(path, scope.secrets ?? {});
	let value: unknown = scope;
	for (const [depth, part] of path.entries()) {
		const truncation = truncationOf(value, part);
		if (truncation) throw new TruncatedValueError(formatPath(path.slice(0, depth + 1)), truncation);
		if (typeof value !== "object" || value === null || !Object.hasOwn(value, part))
			throw new UnknownReferenceError(formatPath(path), formatPath(path.slice(0, depth + 1)));
		value = Reflect.get(value, part);
	}
	if (value === undefined) throw new UnknownReferenceError(formatPath(path), formatPath(path));
	return asJson(value);
}

function lookUpSecret(path: readonly string[], secrets: NonNullable<Scope["secrets"]>): string {
	const reference = secretReference(path);
	const value = Object.hasOwn(secrets, reference) ? secrets[reference] : undefined;
	if (value === undefined) throw new UnknownReferenceError(formatPath(path), formatPath(path));
	return value;
}

/** `["secrets", "DB", "host"]` reads what stands under `DB.host`. */
export function secretReference([, ...path]: readonly string[]): string {
	return path.join(".");
}

/** @throws TruncatedValueError where one of the paths leads to a text that was left out for its length. */
export function refuseTruncated(paths: Iterable<readonly string[]>, scope: Scope): void {
	for (const path of paths) {
		try {
			lookUp(path, scope);
		} catch (error) {
			if (error instanceof TruncatedValueError) throw error;
		}
	}
}
