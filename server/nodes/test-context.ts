import { FatalError } from "../errors";
import type { LlmProvider } from "../llm/provider";
import { evaluateCel } from "../plan/evaluate-cel";
import type { Json } from "../plan/json";
import { readJson } from "../plan/read-json";
import type { Scope } from "../plan/scope";
import type { Workspace } from "../runners/runner";
import type { Iteration, LogLevel, Usage } from "../runs/events";
import type { ExecuteContext } from "./execute-context";

interface TestWorld {
	iteration?: Iteration;
	attempt?: number;
	signal?: AbortSignal;
	env?: Record<string, string>;
	/** What CEL expressions see: `steps`, `inputs`, … */
	roots?: Scope;
	state?: Record<string, Json>;
	workspace?: Workspace;
	llm?: LlmProvider;
	fetch?: ExecuteContext["fetch"];
	turn?: ExecuteContext["turn"];
}

/** Everything a step did to the world, in the order in which it did it. */
interface Traces {
	logs: { level: LogLevel; text: string }[];
	tokens: string[];
	usage: Usage[];
	comments: string[];
	state: Map<string, Json>;
}

type TestContext = ExecuteContext & { readonly traces: Traces };

/** The world of one executor under test: it keeps what the step did, and reaches no further than `world` lets it. */
export function createTestContext(world: TestWorld = {}): TestContext {
	const traces: Traces = {
		logs: [],
		tokens: [],
		usage: [],
		comments: [],
		state: new Map(Object.entries(world.state ?? {})),
	};
	return {
		traces,
		run: { id: "run-1", number: 1, workflowName: "Test workflow" },
		node: { id: "step_under_test", name: "Step under test" },
		iteration: world.iteration ?? "",
		attempt: world.attempt ?? 1,
		signal: world.signal ?? new AbortController().signal,
		env: world.env ?? {},
		log: (level, text) => traces.logs.push({ level, text }),
		token: (text) => traces.tokens.push(text),
		spend: (usage) => traces.usage.push(usage),
		comment: (text) => traces.comments.push(text),
		turn: world.turn ?? ((work) => work()),
		workspace: async () => world.workspace ?? refuse("This test has no workspace."),
		llm: () => world.llm ?? refuse("This test has no provider."),
		fetch: world.fetch ?? (async () => refuse("This test has no network.")),
		readJson: async (text) => readJson(text),
		evaluate: (expression) => evaluateOrRefuse(expression, world.roots ?? {}),
		state: {
			get: (key) => traces.state.get(key),
			set: (key, value) => void traces.state.set(key, value),
			delete: (key) => traces.state.delete(key),
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
		throw new FatalError(error instanceof Error ? error.message : String(error));
	}
}
