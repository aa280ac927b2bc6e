import type { z } from "zod";
import { replaceShellReferences } from "../shell/shell-references";
import type { Json, JsonObject } from "../values/json";
import { fitValue, toText } from "../values/value-text";
import { type FieldRules, fieldRules, TEMPLATE_RULES } from "./field-rules";
import type { Literal, Reference } from "./reference";
import { ExpressionError, formatPath, lookUp, type Scope, UnknownReferenceError } from "./scope";
import { parseTemplate } from "./template";
import { insertIntoUrl, textAfter } from "./url-template";

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
	const resolver = new Resolver(scope);
	return { ...resolver.insertValues(text), secrets: resolver.secrets };
}

/** The same for every string inside a value; keys are left as they are. */
export function resolveJson(value: Json, scope: Scope): Resolved {
	const resolver = new Resolver(scope);
	return { ...resolver.resolve(value, TEMPLATE_RULES), secrets: resolver.secrets };
}

/**
 * Resolves the config of a step, each field in the reference mode that its schema asks for: code and CEL stay as
 * written, shell fields get environment variables. Values become what their fields hold: text in a field of text,
 * numbers where digits stand for one, and nothing where null means that the field is left out.
 * @throws UnknownReferenceError, ExpressionError, and ShellReferenceError for a place where no value is safe.
 */
export function resolveConfig(config: JsonObject, schema: z.core.$ZodType, scope: Scope): ResolvedConfig {
	const resolver = new Resolver(scope);
	const { value, recorded } = resolver.resolveFields(config, fieldRules(schema));
	return { config: value, recorded, env: resolver.env, secrets: resolver.secrets };
}

interface Pair<Value extends Json = Json> {
	value: Value;
	recorded: Value;
}

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
		return this.resolveFields(value, rules);
	}

	resolveFields(value: JsonObject, rules: FieldRules): Pair<JsonObject> {
		const fields = Object.entries(value).flatMap(([key, item]) => {
			const below = rules.child(key);
			const pair = this.resolve(item, below);
			const isLeftOut = pair.value === null && item !== null && below.nullIsLeftOut;
			return isLeftOut ? [] : [[key, pair] as const];
		});
		return {
			value: Object.fromEntries(fields.map(([key, field]) => [key, field.value])),
			recorded: Object.fromEntries(fields.map(([key, field]) => [key, field.recorded])),
		};
	}

	/** A text with its references replaced; one that is exactly one reference becomes the value itself. */
	insertValues(text: string, missingIsNull = false): Pair {
		const { parts, problem } = parseTemplate(text);
		if (problem) throw new ExpressionError(problem);
		const pairs = parts.map((part) =>
			typeof part === "string" ? { value: part, recorded: part } : this.#insert(part, missingIsNull),
		);
		const [only] = pairs;
		if (only && pairs.length === 1) return only;
		return {
			value: pairs.map((pair) => toText(pair.value)).join(""),
			recorded: pairs.map((pair) => toText(pair.recorded)).join(""),
		};
	}

	#insertIntoUrl(text: string): Pair {
		const { parts, problem } = parseTemplate(text);
		if (problem) throw new ExpressionError(problem);
		const url = { value: "", recorded: "" };
		for (const [index, part] of parts.entries()) {
			const pair = typeof part === "string" ? undefined : this.#insert(part, false);
			const around = { before: url.value, after: textAfter(parts, index) };
			const insert = (value: Json) => insertIntoUrl(toText(value), around);
			const isHidden = pair !== undefined && pair.recorded !== pair.value;
			url.value += pair ? insert(pair.value) : part;
			url.recorded += pair ? (isHidden ? toText(pair.recorded) : insert(pair.value)) : part;
		}
		return url;
	}

	#resolveText(text: string, rules: FieldRules): Pair {
		if (rules.isUrl) return this.#insertIntoUrl(text);
		if (rules.kind === "shell") return this.#resolveShell(text);
		if (rules.kind !== "template") return { value: text, recorded: text };
		const { value, recorded } = this.insertValues(text, rules.missingIsNull);
		if (value === null && rules.nullIsLeftOut) return { value, recorded };
		return { value: fitValue(value, rules.value), recorded: fitValue(recorded, rules.value) };
	}

	#resolveShell(text: string): Pair {
		const { recorded } = this.insertValues(text);
		const { command, env } = replaceShellReferences(text, (path) => toText(this.insertValues(`{{ ${path} }}`).value));
		for (const [name, value] of Object.entries(env)) {
			if (Object.hasOwn(this.env, name)) throw new Error("Only one field of a step can pass values to a shell.");
			this.env[name] = value;
		}
		return { value: command, recorded: toText(recorded) };
	}

	/** The first of the choices that has a value. */
	#insert(choice: Reference | Literal, missingIsNull: boolean): Pair {
		if (!("path" in choice)) return { value: choice.value, recorded: choice.value };
		const { path, otherwise } = choice;
		const pair = this.#valueBehind(path, missingIsNull || otherwise !== undefined);
		return pair.value === null && otherwise ? this.#insert(otherwise, missingIsNull) : pair;
	}

	#valueBehind(path: readonly string[], missingIsNull: boolean): Pair {
		const value = this.#lookUp(path, missingIsNull);
		if (path[0] !== "secrets" || value === null) return { value, recorded: value };
		for (const secret of typeof value === "string" ? [value] : Object.values(this.scope.secrets ?? {}))
			this.secrets.add(secret);
		return { value, recorded: `{{ ${formatPath(path)} }}` };
	}

	#lookUp(path: readonly string[], missingIsNull: boolean): Json {
		try {
			return lookUp(path, this.scope);
		} catch (error) {
			if (missingIsNull && error instanceof UnknownReferenceError) return null;
			throw error;
		}
	}
}
