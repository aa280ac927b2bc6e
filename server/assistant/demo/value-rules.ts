import type { JsonObject } from "@/server/plan/values/json";
import type { PlanSketch } from "./plan-sketch";
import type { StepRule } from "./step-rule";

/** Requests, models, values and files. */
export const VALUE_RULES: StepRule[] = [
	{ words: /^(?:route|switch|branch)\b|\bdepending on\b/i, draw: drawSwitch },
	{
		words:
			/\b(?:summari[sz]e|classify|translate|extract|draft|generate|analy[sz]e|explain|rewrite|llm|language model|gpt|claude|gemini)\b|^write (?:an? |the )?(?:report|text|reply|answer|summary|message|post)/i,
		draw: drawModel,
	},
	{ words: /\b(?:save|write|store|read|load|list|copy|delete)\b.{0,60}\bfiles?\b/i, draw: drawFile },
	{
		words: /^(?:store|remember|save|set|count)\b.{0,80}\b(?:as|in|called|to)\s|^(?:increment|count up)\b/i,
		draw: drawState,
	},
	{
		words:
			/§\d{1,4}u|\b(?:fetch|download|url|http|api|page|endpoint|request|ping|website|site)\b|^(?:call|get|check)\b/i,
		draw: drawRequest,
	},
	{ words: /^(?:filter|map|sort|transform|convert|group|pick|parse|count|merge|format)\b/i, draw: drawTransform },
	{
		words: /^(?:return|output|answer|respond|report)\b/i,
		draw: (clause, sketch) => {
			const value = sketch.held.first("quote", clause) ?? sketch.valueOr("done");
			sketch.add({ type: "output", name: "Output", config: { fields: { result: value } } });
		},
	},
];

function drawRequest(clause: string, sketch: PlanSketch): void {
	const urls = sketch.held.all("url", clause);
	const method = /^(?:post|send)\b/i.test(clause) ? "POST" : (/\b(PUT|PATCH|DELETE|POST)\b/.exec(clause)?.[1] ?? "GET");
	const isItem = sketch.parent !== undefined && urls.length === 0;
	const asked =
		urls.length > 0
			? urls
			: [isItem ? "{{ item }}" : sketch.input({ type: "text", name: "url", label: "Address", required: true })];
	for (const url of asked) {
		const host = /^https?:\/\/([^/{\s]{1,60})/.exec(url)?.[1];
		const body: JsonObject = method === "POST" ? { bodyType: "json", body: { value: sketch.valueOr("") } } : {};
		const verb = /^(?:check|ping)\b/i.test(clause) ? "Check" : method === "GET" ? "Fetch" : "Send to";
		sketch.add({
			type: "http-request",
			name: `${verb} ${host ?? "the address"}`,
			config: { method, url, ...body },
			gives: "body",
		});
	}
}

function drawModel(clause: string, sketch: PlanSketch): void {
	const task = sketch.held.plain(clause);
	const verb = /[a-z]{3,20}/i.exec(task)?.[0] ?? "Ask";
	const name = /summar/i.test(task) ? "Summarise" : `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`;
	const about = sketch.value ?? (sketch.parent === undefined ? undefined : "item");
	const prompt =
		about === undefined
			? `${task}:\n\n${sketch.input({ name: "text", type: "textarea", required: true })}`
			: `${task}:\n\n{{ ${about} }}`;
	sketch.add({ type: "llm", name, config: { provider: "demo", prompt }, gives: "text" });
}

function drawFile(clause: string, sketch: PlanSketch): void {
	const path =
		sketch.held.first("quote", clause) ??
		/\b([\w-]{1,60}(?:\/[\w-]{1,60}){0,4}\.[a-z]{1,5})\b/i.exec(clause)?.[1] ??
		"result.txt";
	if (/\b(?:read|load)\b/i.test(clause))
		sketch.add({ type: "files", name: `Read ${path}`, config: { action: "read", path }, gives: "content" });
	else if (/\bdelete\b/i.test(clause))
		sketch.add({ type: "files", name: `Delete ${path}`, config: { action: "delete", path } });
	else
		sketch.add({
			type: "files",
			name: `Write ${path}`,
			config: { action: "write", path, content: sketch.valueOr("") },
		});
}

function drawState(clause: string, sketch: PlanSketch): void {
	if (/^(?:increment|count)/i.test(clause)) {
		const key = /\b(?:called|as|increment)\s(?:the\s)?([a-z_]\w{0,40})/i.exec(clause)?.[1] ?? "count";
		sketch.add({ type: "state", name: `Count ${key}`, config: { action: "increment", key } });
		return;
	}
	const key = /\b(?:as|in|called|to)\s(?:the\s)?([a-z_]\w{0,40})/i.exec(clause)?.[1] ?? "result";
	const config = { action: "set", key, value: sketch.held.first("quote", clause) ?? sketch.valueOr("") };
	sketch.add({ type: "state", name: `Remember ${key}`, config });
}

function drawTransform(clause: string, sketch: PlanSketch): void {
	const code = sketch.held.first("code", clause);
	sketch.add({
		...{ type: "transform", name: "Transform", gives: "" },
		config: {
			input: { value: sketch.valueOr("") },
			code: code ?? `// ${sketch.held.plain(clause).slice(0, 200)}\nreturn input.value;`,
		},
	});
	if (code === undefined)
		sketch.note(`The step for “${sketch.held.plain(clause)}” hands its value on as it is: write its code.`);
}

/** Goes on from its first case. */
function drawSwitch(clause: string, sketch: PlanSketch): void {
	const [, name = "kind", list = ""] =
		/\b(?:by|on)\s(?:the\s|its\s)?(\w{1,30})(?:\s?[:(]|\sinto|,)?\s?(.{0,200})$/i.exec(clause) ?? [];
	const words = list
		.split(/,\s?|\sand\s|\sor\s/)
		.map((word) => word.replace(/[^\w .-]/g, "").trim())
		.filter((word) => word !== "");
	const cases = (words.length > 0 ? words : ["first", "second"])
		.slice(0, 10)
		.map((word) => ({ name: word, equals: word }));
	const value = sketch.input(name.toLowerCase());
	sketch.add({
		type: "switch",
		name: `By ${name}`,
		config: { value, cases },
		port: `case:${cases[0]?.name ?? "first"}`,
	});
}
