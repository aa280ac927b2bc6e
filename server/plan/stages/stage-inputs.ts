import type { FormField } from "../form-field";
import type { Json, JsonObject } from "../values/json";

/** The inputs that variables become. */
export interface StageInputs {
	/** The reference to a variable; one without a value becomes an input that is asked for. */
	refer(path: readonly string[], type?: "text" | "textarea" | "number"): string;
	list(): FormField[];
	/** Variables whose name an input cannot have, with what it is called. */
	renamed(): { variable: string; name: string }[];
}

export function createInputs(vars: JsonObject): StageInputs {
	const fields = new Map<string, FormField>();
	const names = new Map<string, string>();
	const nameOf = (variable: string) => {
		const name = names.get(variable) ?? takeFree(wordOf(variable, "input"), new Set(names.values()));
		names.set(variable, name);
		return name;
	};
	for (const [variable, value] of Object.entries(vars)) {
		const name = nameOf(variable);
		fields.set(name, fieldLike(name, value));
	}
	return {
		refer([variable = "", ...rest], type = "text") {
			const name = nameOf(variable);
			const known = fields.get(name);
			if (!known) fields.set(name, { name, type: rest.length > 0 ? "json" : type, required: true });
			else if (rest.length > 0 && known.type !== "json") fields.set(name, asJsonField(known));
			return ["inputs", name, ...rest].join(".");
		},
		list: () => [...fields.values()],
		renamed: () => [...names].flatMap(([variable, name]) => (variable === name ? [] : [{ variable, name }])),
	};
}

/** A word that ids and inputs can be called by: `planRef` and `plan-ref` read `plan_ref`. */
export function wordOf(name: string, fallback: string): string {
	const word = name
		.normalize("NFKD")
		.replace(/\p{Mark}/gu, "")
		.replace(/([a-z0-9])([A-Z])/g, "$1_$2")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "_")
		.replace(/^[^a-z]+|_$/g, "")
		.slice(0, 48);
	return word === "" || word === "constructor" ? fallback : word;
}

/** The word itself, or with a number behind it where it is taken. */
export function takeFree(word: string, taken: ReadonlySet<string>): string {
	for (let number = 1; ; number++) {
		const name = number === 1 ? word : `${word}_${number}`;
		if (!taken.has(name)) return name;
	}
}

function fieldLike(name: string, value: Json): FormField {
	if (value === null) return { name, type: "text", required: false };
	if (typeof value === "string")
		return { name, type: value.includes("\n") ? "textarea" : "text", required: false, default: value };
	if (typeof value === "number") return { name, type: "number", required: false, default: value };
	if (typeof value === "boolean") return { name, type: "boolean", required: false, default: value };
	return { name, type: "json", required: false, default: value };
}

function asJsonField({ name, required, ...rest }: FormField): FormField {
	const { default: value } = rest;
	return { name, type: "json", required, ...(value !== undefined && { default: value }) };
}
