import { definitionOf } from "@/server/nodes/catalog";
import { countOf, summarizeSeconds } from "@/server/nodes/summary-text";
import { formFieldSchema } from "@/server/plan/form-field";
import { retrySchema } from "@/server/plan/plan";
import { labelAt } from "@/server/plan/values/schema-tree";

/** Fields that every step has, as the inspector calls them. */
const STEP_LABELS: Readonly<Record<string, string>> = {
	name: "Name",
	type: "Type",
	config: "Settings",
	retry: "Retries",
	timeoutSeconds: "Timeout",
	onFailure: "When it fails",
	parent: "Container",
	join: "Starts after",
	disabled: "Disabled",
};

const PLAN_LABELS: Readonly<Record<string, string>> = {
	timeoutSeconds: "Run timeout",
	budgetUsd: "Spending limit",
	concurrency: "Runs at once",
	"concurrency.limit": "Runs at once",
	"concurrency.key": "Count by",
	"concurrency.policy": "Above the limit",
	triggers: "Triggers",
	inputs: "Inputs",
	text: "Text",
};

/** What a field of a step is called: `Command`, `Attempts`, `Environment DEBUG`. */
export function stepFieldLabel(type: string, field: string): string {
	const [root = "", ...path] = field.split(".");
	if (root === "edges") return "Connections";
	if (root === "retry" && path.length > 0) return labelAt(retrySchema, path);
	const schema = root === "config" ? definitionOf(type)?.config : undefined;
	const [first, ...deeper] = path;
	if (first === undefined) return STEP_LABELS[root] ?? root;
	return schema ? labelAt(schema, path) : [first, ...deeper].join(" ");
}

/** What a field outside the steps is called: of the plan's settings, of an input, of a note. */
export function planFieldLabel(field: string): string {
	const name = field.replace(/^settings\./, "");
	return PLAN_LABELS[name] ?? (labelAt(formFieldSchema, name.split(".")) || name);
}

/** A value in a few words, on one line; the caller truncates it. */
export function formatValue(value: unknown, field = ""): string {
	if (value === undefined || value === null) return "none";
	if (typeof value === "string") return value.replace(/\s+/g, " ").trim() || "empty";
	if (typeof value === "number")
		return /seconds$/i.test(field) ? summarizeSeconds(value) : value.toLocaleString("en-US");
	if (typeof value === "boolean") return value ? "yes" : "no";
	if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(nameOf).join(", ");
	if (field === "retry" && typeof value === "object" && "maxAttempts" in value) {
		return countOf(Number(value.maxAttempts), "attempt");
	}
	return JSON.stringify(value);
}

/** The entries of forms, triggers and cases say best by their name which they are. */
function nameOf(item: unknown): string {
	if (typeof item !== "object" || item === null) return formatValue(item);
	const name = ["label", "name", "type"].map((key) => Reflect.get(item, key)).find((each) => typeof each === "string");
	return name ?? JSON.stringify(item);
}
