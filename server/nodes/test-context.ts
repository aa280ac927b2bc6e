import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { FatalError } from "../errors";
import { createBill } from "../llm/prices";
import type { LlmProvider } from "../llm/provider";
import { evaluateCel } from "../plan/expressions/evaluate-cel";
import { type Scope, UnknownReferenceError } from "../plan/expressions/scope";
import type { Json } from "../plan/values/json";
import { readJson } from "../plan/values/read-json";
import type { Workspace } from "../runners/runner";
import type { Iteration, LogLevel, Usage } from "../runs/events";
import type { ExecuteContext } from "./execute-context";

interface TestContextOptions {
	iteration?: Iteration;
	attempt?: number;
	signal?: AbortSignal;
	env?: Record<string, string>;
	/** What CEL expressions see: `steps`, `inputs`, … */
	roots?: Scope;
	state?: Record<string, Json>;
	workspace?: Workspace;
	llm?: LlmProvider;
	budget?: ExecuteContext["budget"];
	prompt?: ExecuteContext["prompt"];
	fetch?: ExecuteContext["fetch"];
	resolve?: ExecuteContext["resolve"];
	authorities?: string;
	mail?: ExecuteContext["mail"];
	compute?: ExecuteContext["compute"];
	/** What references to files lead to, by their ids. */
	files?: Record<string, { name: string; content: string | Uint8Array }>;
	sendEvent?: ExecuteContext["sendEvent"];
	transcript?: ExecuteContext["transcript"];
	history?: ExecuteContext["history"];
}

/** The effects of a step, in the order in which it had them. */
interface Effects {
	logs: { level: LogLevel; text: string }[];
	tokens: string[];
	usage: Usage[];
	comments: string[];
	state: Map<string, Json>;
	/** The content of the files that it added, by name. */
	artifacts: Map<string, string>;
}

type TestContext = ExecuteContext & { readonly effects: Effects };

/** The context of one executor under test: it records what the step does, and has no service that `options` does not give. */
export function createTestContext(options: TestContextOptions = {}): TestContext {
	const effects: Effects = {
		logs: [],
		tokens: [],
		usage: [],
		comments: [],
		state: new Map(Object.entries(options.state ?? {})),
		artifacts: new Map(),
	};
	return {
		effects,
		run: { id: "run-1", number: 1, workflowName: "Test workflow" },
		node: { id: "step_under_test", name: "Step under test" },
		iteration: options.iteration ?? "",
		attempt: options.attempt ?? 1,
		signal: options.signal ?? new AbortController().signal,
		env: options.env ?? {},
		log: (level, text) => effects.logs.push({ level, text }),
		token: (text) => effects.tokens.push(text),
		spend: (usage) => effects.usage.push(usage),
		budget: options.budget ?? (async () => ({ leftUsd: null, spent: null })),
		comment: (text) => effects.comments.push(text),
		compute: options.compute ?? ((work) => work()),
		workspace: async () => options.workspace ?? refuse("This test has no workspace."),
		artifacts: {
			async add(file) {
				const bytes = await buffer(await file.open());
				effects.artifacts.set(file.name, bytes.toString());
				return {
					id: file.name,
					name: file.name,
					type: file.type ?? "text/plain",
					size: bytes.length,
					kind: file.kind ?? "other",
				};
			},
			find: async (value) =>
				[value].flat().flatMap((reference) => {
					if (reference === null) return [];
					const id = typeof reference === "object" && !Array.isArray(reference) ? String(reference.id) : "";
					const { name, content } = options.files?.[id] ?? refuse("This test has no such file.");
					return [
						{
							id,
							name,
							type: "text/plain",
							size: Buffer.byteLength(content),
							kind: "other",
							open: async () => Readable.from([content]),
						},
					];
				}),
		},
		prompt: options.prompt ?? (async () => refuse("This test has no prompts.")),
		llm: () => options.llm ?? refuse("This test has no provider."),
		bill: createBill(),
		sendEvent: options.sendEvent ?? (async () => refuse("This test has no events.")),
		fetch: options.fetch ?? (async () => refuse("This test has no network.")),
		authorities: options.authorities,
		resolve: options.resolve ?? (async () => refuse("This test resolves no hosts.")),
		mail: options.mail ?? (async () => refuse("This test sends no mail.")),
		history: options.history ?? { logs: async () => [], lastCalled: async () => null },
		transcript: options.transcript ?? {
			read: async () => ({ entries: [], answer: null }),
			append: async () => {},
			isPaused: () => false,
		},
		readJson: async (text) => readJson(text),
		evaluate: (expression) => evaluateOrRefuse(expression, options.roots ?? {}),
		state: {
			get: (key) => effects.state.get(key),
			set: (key, value) => void effects.state.set(key, value),
			delete: (key) => effects.state.delete(key),
		},
	};
}

function refuse(message: string): never {
	throw new FatalError(message);
}

function evaluateOrRefuse(expression: string, roots: Scope): Json {
	try {
		return evaluateCel(expression, roots);
	} catch (error) {
		if (error instanceof UnknownReferenceError) throw error;
		throw new FatalError(error instanceof Error ? error.message : String(error));
	}
}
