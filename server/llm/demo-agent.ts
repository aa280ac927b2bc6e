import type { Json, JsonObject } from "../plan/values/json";
import { isObject } from "../plan/values/json";
import { digest } from "./demo-digest";
import { fillSchema } from "./demo-json";
import { type LlmMessage, textOf } from "./messages";
import type { LlmRequest, LlmTool } from "./provider";

/** A call that the demo provider would make. */
export interface DemoCall {
	name: string;
	input: JsonObject;
}

/** The last thing that was asked for, and what has been done about it since. */
interface Task {
	text: string;
	calls: DemoCall[];
	results: string;
	/** Answers that called tools. */
	rounds: number;
}

const MAX_ROUNDS = 12;
const MAX_CALLS = 8;

/**
 * The calls that the words of the prompt ask for and that were not made yet: first it looks, then it runs, then it asks,
 * then it writes. None when nothing is left to do.
 */
export function nextCalls(request: LlmRequest): DemoCall[] {
	const { tools = [], toolChoice = "auto" } = request;
	const task = readTask(request.messages);
	if (typeof toolChoice === "object") {
		const tool = tools.find(({ name }) => name === toolChoice.tool);
		return tool === undefined ? [] : [fillCall(tool, {}, task)];
	}
	if (toolChoice === "none" || task.rounds >= MAX_ROUNDS) return [];
	const found = wanted(tools, task);
	const [first] = tools;
	return found.length === 0 && toolChoice === "required" && first ? [fillCall(first, {}, task)] : found;
}

function wanted(tools: readonly LlmTool[], task: Task): DemoCall[] {
	for (const stage of STAGES) {
		const calls = stage.flatMap((play) =>
			tools.flatMap((tool) =>
				play(tool.name, task).flatMap((known) => {
					const call = fillCall(tool, known, task);
					return wasMade(call, known, task) ? [] : [call];
				}),
			),
		);
		if (calls.length > 0) return calls.slice(0, MAX_CALLS);
	}
	return [];
}

/** Whether a call with what is known of it was made; what was made up along the way may differ. */
function wasMade({ name, input }: DemoCall, { content: _, ...known }: Known, { calls }: Task): boolean {
	const ours = valuesOf(input);
	const fixed = Object.values(known).filter((value) => ours.includes(value));
	return calls.some((call) => {
		const theirs = valuesOf(call.input);
		return call.name === name && fixed.every((value) => theirs.includes(value));
	});
}

function valuesOf(input: JsonObject): unknown[] {
	return Object.values(input).map((value) => (Array.isArray(value) ? value.join(" ") : value));
}

export function readTask(messages: readonly LlmMessage[]): Task {
	const start = messages.findLastIndex(({ role }) => role === "user");
	const asked = messages[start];
	const since = messages.slice(start + 1);
	const answers = since.flatMap((message) => (message.role === "assistant" ? [message] : []));
	const results = since.flatMap((message) => (message.role === "tool" ? message.results : []));
	return {
		text: asked?.role === "user" ? textOf(asked.content) : "",
		calls: answers.flatMap(({ toolCalls }) => toolCalls.map(({ name, input }) => ({ name, input }))),
		results: results.map(({ content }) => textOf(content)).join("\n"),
		rounds: answers.filter(({ toolCalls }) => toolCalls.length > 0).length,
	};
}

/** What goes into a call, by what it means: the names of the fields are the tool's own. */
type Known = Partial<Record<keyof typeof FIELDS, string>>;
/** The calls that a tool of this name should get. */
type Play = (name: string, task: Task) => Known[];

const FIELDS = {
	path: /path|file|dir/i,
	command: /command|cmd|script|args/i,
	content: /content|text|body/i,
	query: /query|pattern|search|expression/i,
	url: /url|uri|address/i,
	question: /question|message|prompt|title/i,
	old: /^old/i,
	next: /^new/i,
};

const FILE = /(?<![\w:/`.-])(?:[\w-]+\/)*[\w-]+\.[a-z][a-z0-9]{0,5}(?![\w/])/gi;
const COMMAND = /`([^`\n]{1,300})`/g;
const WRITE = /\b(?:write|save|create|put)\b[^.\n`]{0,120}?((?:[\w-]+\/)*[\w-]+\.[a-z][a-z0-9]{0,5})\b/i;
const REPLACE = /\breplace\s+["“'`]([^"”'`\n]{1,200})["”'`]\s+(?:with|by)\s+["“'`]([^"”'`\n]{0,200})["”'`]/i;
const SEARCH = /\b(?:search|find|grep|look)\b[^.\n]{0,60}?["“']([^"”'\n]{1,100})["”']/i;
const WEB = /https?:\/\/[^\s)>"'`]{1,500}/g;
const ASK = /\bask\b/i;
const KNOWN_TOOLS = /^(list_files|read_file|search_files|shell|git|http|ask_human|edit_file|write_file)$/;

const STAGES: readonly (readonly Play[])[] = [
	[
		(name) => (name === "list_files" ? [{ path: "." }] : []),
		(name, task) => (name === "read_file" ? filesToRead(task).map((path) => ({ path })) : []),
		(name, task) => (name === "search_files" ? matched(SEARCH, task.text).map((query) => ({ query, path: "." })) : []),
		(name, task) => (name === "http" ? [...task.text.matchAll(WEB)].map(([url]) => ({ url })) : []),
		(name, task) => (!KNOWN_TOOLS.test(name) && isNamed(name, task) ? [{}] : []),
	],
	[(name, task) => (name === "shell" || name === "git" ? commandsFor(name, task) : [])],
	[(name, task) => (name === "ask_human" && ASK.test(task.text) ? [{ question: task.text.slice(0, 500) }] : [])],
	[
		(name, task) => (name === "edit_file" ? editsOf(task) : []),
		(name, task) =>
			name === "write_file" ? matched(WRITE, task.text).map((path) => ({ path, content: contentOf(task) })) : [],
	],
];

function filesToRead(task: Task): string[] {
	const written = matched(WRITE, task.text);
	const named = [...task.text.replaceAll(WEB, "").matchAll(FILE)].map(([path]) => path);
	const wanted = [...new Set(named)].filter((path) => !written.includes(path));
	if (wanted.length > 0) return wanted;
	return matched(/(?:^|[\s"/])(readme(?:\.\w{1,5})?)\b/i, task.results);
}

function commandsFor(tool: string, { text }: Task): Known[] {
	const commands = [...text.matchAll(COMMAND)].flatMap(([, command = ""]) =>
		/^\S+\.\w+$/.test(command) ? [] : [command],
	);
	const isGit = (command: string) => /^git\s/.test(command);
	const own = commands.filter((command) => (tool === "git" ? isGit(command) : true));
	return own.map((command) => ({ command: tool === "git" ? command.replace(/^git\s+/, "") : command }));
}

function editsOf({ text }: Task): Known[] {
	const [, old, next] = REPLACE.exec(text) ?? [];
	const [path] = text.match(FILE) ?? [];
	return old === undefined || path === undefined ? [] : [{ path, old, next: next ?? "" }];
}

/** What was found so far, and who wrote it. */
function contentOf({ text, results }: Task): string {
	const { headline, lines } = digest(results === "" ? text : results);
	return `${headline}\n${lines.map((line) => `- ${line}\n`).join("")}\n(Written by the demo provider, by rules.)\n`;
}

function isNamed(name: string, { text }: Task): boolean {
	const words = name.toLowerCase().replaceAll(/[_-]+/g, " ");
	const said = ` ${text.toLowerCase().replaceAll(/[^a-z0-9]+/g, " ")} `;
	return said.includes(` ${words} `);
}

function matched(pattern: RegExp, text: string): string[] {
	const found = pattern.exec(text)?.[1];
	return found === undefined ? [] : [found];
}

/** The input that the tool's schema asks for, with what is known in the fields that mean it. */
function fillCall({ name, inputSchema }: LlmTool, known: Known, task: Task): DemoCall {
	const properties = isObject(inputSchema.properties) ? inputSchema.properties : {};
	const required = Array.isArray(inputSchema.required) ? inputSchema.required : [];
	const made = fillSchema(inputSchema, digest(`${task.text}\n${task.results}`));
	const filled = isObject(made) ? made : {};
	const input = Object.entries(properties).flatMap(([field, schema]): [string, Json][] => {
		const value = knownValue(field, schema, known);
		if (value !== undefined) return [[field, value]];
		return required.includes(field) ? [[field, filled[field] ?? null]] : [];
	});
	return { name, input: Object.fromEntries(input) };
}

function knownValue(field: string, schema: Json | undefined, known: Known): Json | undefined {
	const [, value] =
		Object.entries(FIELDS)
			.map(([meaning, names]) => [names, Object.entries(known).find(([key]) => key === meaning)?.[1]] as const)
			.find(([names, found]) => found !== undefined && names.test(field)) ?? [];
	if (value === undefined || !isObject(schema)) return value;
	if (schema.type === "array") return value.split(/\s+/);
	return schema.type === undefined || schema.type === "string" ? value : undefined;
}
