import type { z } from "zod";
import { type FieldRules, fieldRules } from "./field-rules";
import type { Json, JsonObject } from "./json";
import { ExpressionError, formatPath, lookUp, type Scope } from "./scope";
import { replaceShellReferences } from "./shell-references";
import { parseTemplate, type Reference } from "./template";

/** A value with its references replaced. */
export interface Resolved<Value extends Json = Json> {
	value: Value;
	/** The value as it may be shown and stored: secrets stand in it as `{{ secrets.NAME }}`. */
	recorded: Value;
	/** The secret values that were inserted. */
	secrets: ReadonlySet<string>;
}

export interface ResolvedConfig {
	/** Ready to be parsed with the definition's schema. Shell fields hold `$WEFT_REF_…` instead of values. */
	config: JsonObject;
	/** The values behind the variables of shell fields. */
	env: Record<string, string>;
	/** The config as it may be shown and stored: values in place, secrets as `{{ secrets.NAME }}`. */
	recorded: JsonObject;
	/** The secret values that were inserted: to be redacted wherever the step's output or log repeats them. */
	secrets: ReadonlySet<string>;
}

/**
 * Replaces the references of a text. A text that is exactly one reference becomes the value itself, whatever its
 * type; otherwise values turn into text (objects and lists as JSON).
 * @throws UnknownReferenceError when a path leads to no value, ExpressionError when the text has a mistake.
 */
export function resolveTemplate(text: string, scope: Scope): Resolved {
	const secrets = new Set<string>();
	return { ...insertValues(text, scope, secrets), secrets };
}

/** The same for every string inside a value; keys are left as they are. */
export function resolveJson(value: Json, scope: Scope): Resolved {
	const resolver = new Resolver(scope);
	return { ...resolver.resolve(value, TEMPLATES), secrets: resolver.secrets };
}

/**
 * Resolves the config of a step, each field in the reference mode that its schema asks for: code and CEL stay as
 * written, shell fields get environment variables.
 * @throws UnknownReferenceError, ExpressionError, and ShellReferenceError for a place where no value is safe.
 */
export function resolveConfig(config: JsonObject, schema: z.core.$ZodType, scope: Scope): ResolvedConfig {
	const resolver = new Resolver(scope);
	const rules = fieldRules(schema);
	const entries = Object.entries(config).map(
		([key, value]) => [key, resolver.resolve(value, rules.child(key))] as const,
	);
	return {
		config: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
		recorded: Object.fromEntries(entries.map(([key, { recorded }]) => [key, recorded])),
		env: resolver.env,
		secrets: resolver.secrets,
	};
}

/** The text that a value becomes inside other text. */
export function toText(value: Json): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}

interface Pair {
	value: Json;
	recorded: Json;
}

const TEMPLATES: FieldRules = { kind: "template", child: () => TEMPLATES };

class Resolver {
	readonly env: Record<string, string> = {};
	readonly secrets = new Set<string>();
	constructor(readonly scope: Scope) {}

	resolve(value: Json, rules: FieldRules): Pair {
		if (typeof value === "string") return this.#resolveText(value, rules);
		if (Array.isArray(value)) {
			const items = value.map((item, index) => this.resolve(item, rules.child(String(index))));
			return { value: items.map((item) => item.value), recorded: items.map((item) => item.recorded) };
		}
		if (typeof value !== "object" || value === null) return { value, recorded: value };
		const fields = Object.entries(value).map(([key, item]) => [key, this.resolve(item, rules.child(key))] as const);
		return {
			value: Object.fromEntries(fields.map(([key, field]) => [key, field.value])),
			recorded: Object.fromEntries(fields.map(([key, field]) => [key, field.recorded])),
		};
	}

	#resolveText(text: string, { kind }: FieldRules): Pair {
		if (kind === "template") return insertValues(text, this.scope, this.secrets);
		if (kind === "shell") return this.#resolveShell(text);
		return { value: text, recorded: text };
	}

	#resolveShell(text: string): Pair {
		const { recorded } = insertValues(text, this.scope, this.secrets);
		const { command, env } = replaceShellReferences(text, (path) => toText(this.#valueAt(path)));
		for (const [name, value] of Object.entries(env)) {
			if (Object.hasOwn(this.env, name)) throw new Error("Only one field of a step can pass values to a shell.");
			this.env[name] = value;
		}
		return { value: command, recorded: toText(recorded) };
	}

	#valueAt(path: string): Json {
		return insertValues(`{{ ${path} }}`, this.scope, this.secrets).value;
	}
}

function insertValues(text: string, scope: Scope, secrets: Set<string>): Pair {
	const { parts, problem } = parseTemplate(text);
	if (problem) throw new ExpressionError(problem);
	const pairs = parts.map((part) =>
		typeof part === "string" ? { value: part, recorded: part } : valueBehind(part, scope, secrets),
	);
	const [only] = pairs;
	if (only && pairs.length === 1) return only;
	return {
		value: pairs.map((pair) => toText(pair.value)).join(""),
		recorded: pairs.map((pair) => toText(pair.recorded)).join(""),
	};
}

function valueBehind({ path }: Reference, scope: Scope, secrets: Set<string>): Pair {
	const value = lookUp(path, scope);
	if (path[0] !== "secrets") return { value, recorded: value };
	for (const secret of typeof value === "string" ? [value] : Object.values(scope.secrets ?? {})) secrets.add(secret);
	return { value, recorded: `{{ ${formatPath(path)} }}` };
}
