import { admitCall } from "@/server/budgets/admit-call";
import { readBudget } from "@/server/budgets/read-budget";
import { FatalError } from "@/server/errors";
import { definitionOf } from "@/server/nodes/catalog";
import type { ExecuteContext } from "@/server/nodes/execute-context";
import { evaluateCel } from "@/server/plan/expressions/evaluate-cel";
import { type ResolvedConfig, resolveConfig } from "@/server/plan/expressions/references";
import type { PlanNode } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { NewRunEvent, StepError, Usage } from "@/server/runs/events";
import { readLargeJson } from "@/server/threads/large-work";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { redactJson } from "../secrets/redact-secrets";
import type { StepServices } from "../step-services";
import { itemWorkspace } from "./item-workspace";
import { loadScope, type StepScope } from "./load-scope";
import { needsOf } from "./needs";
import { openPrompt } from "./open-prompt";
import { createRunHistory } from "./run-history";
import { sendRunEvent } from "./send-run-event";
import { createStepFiles } from "./step-files";
import { openStepLog, type StepLog } from "./step-log";
import { createTranscript } from "./step-transcript";
import type { StepCall } from "./with-claim";

/** Everything that one attempt needs, and everything that is recorded with its end. */
export interface PreparedStep {
	/** Resolved, to be parsed by the executor. */
	config: JsonObject;
	/** The resolved config as it is recorded: without secrets. */
	recorded: Json;
	context: ExecuteContext;
	stepLog: StepLog;
	usage: Usage[];
	/** Events of the attempt that are recorded with its end: usage and comments. */
	endEvents: NewRunEvent[];
	/** Changes to the run's variables; undefined deletes. */
	variables: Map<string, Json | undefined>;
	/** Clears the timer of the timeout. */
	dispose(): void;
}

/** Abort reason: the attempt exceeded its timeout. */
export class TimeoutReason extends Error {
	override readonly name = "TimeoutReason";
	readonly failure: { error: StepError; timedOut: true };
	constructor(seconds: number) {
		super(`Timed out after ${seconds} s.`);
		this.failure = { error: { message: this.message, code: "timeout" }, timedOut: true };
	}
}

interface Attempt {
	call: StepCall;
	node: PlanNode;
	/** From 1. */
	attempt: number;
	/** The number of the claim; undefined while there is none. */
	claim?: number;
	/** Stores what the step prints while it runs. */
	append(events: readonly NewRunEvent[]): Promise<void>;
	/** Aborted when the run is stopped, and when the attempt exceeds its timeout. */
	controller: AbortController;
}

/** Resolves a step's config and builds its context. Throws `FatalError` when the config cannot be resolved. */
export async function prepareStep(services: StepServices, attempt: Attempt): Promise<PreparedStep> {
	const { call, node } = attempt;
	const reader = { nodeId: node.id, iteration: call.iteration, needs: needsOf(node) };
	const scope = await retryWhileUnavailable(() => loadScope(services, call.run, reader));
	const secrets = await services.secretsOf(call.run);
	await retryWhileUnavailable(() => secrets.refresh());
	secrets.learn(Object.values(scope.secrets));
	const { redact } = secrets;
	const { config, env, recorded: resolved } = withFork(call, resolveNode(node, scope));
	const recorded = redactJson(resolved, redact);
	const place = { nodeId: call.nodeId, iteration: call.iteration };
	const stepLog = openStepLog(place, redact, attempt.append);
	const payer = { teamId: call.run.teamId, workflowId: call.run.workflowId, runId: call.run.id };
	const usage: Usage[] = [];
	const endEvents: NewRunEvent[] = [];
	const variables = new Map<string, Json | undefined>();
	const stopClock = startClock(node.timeoutSeconds, (seconds) => attempt.controller.abort(new TimeoutReason(seconds)));
	const spend = (spent: Usage) => {
		usage.push(spent);
		endEvents.push({ type: "step.usage", ...place, data: spent });
	};
	const context: ExecuteContext = {
		run: { id: call.run.id, number: call.run.number, workflowName: call.run.workflowName },
		node: { id: node.id, name: node.name },
		iteration: call.iteration,
		attempt: attempt.attempt,
		signal: attempt.controller.signal,
		env,
		log: stepLog.log,
		token: stepLog.token,
		spend,
		comment: (comment) => void endEvents.push({ type: "step.comment", ...place, data: { text: redact(comment) } }),
		compute: (work) => services.cpuSlots(call.run, work),
		artifacts: createStepFiles(services.files, {
			place: { ...place, teamId: call.run.teamId, runId: call.run.id, attempt: attempt.attempt, claim: attempt.claim },
			...{ signal: attempt.controller.signal, redact: secrets.isEmpty ? undefined : redact, log: stepLog.log },
		}),
		workspace: async () => services.runner.acquire(call.run.id, await itemWorkspace(services, call.run, call)),
		prompt: (given) => openPrompt(services.sql, call.run, { node, given }),
		budget: () => retryWhileUnavailable(() => readBudget(services.sql, payer)),
		llm: (name, options) =>
			services.llm(name, {
				...options,
				admit: () => retryWhileUnavailable(() => admitCall(services.sql, payer)),
				keepCut: spend,
			}),
		bill: services.bill,
		fetch: services.fetch,
		resolve: services.resolve,
		authorities: services.authorities,
		mail: (mail) => services.mail(call.run, mail, attempt.controller.signal),
		sendEvent: (name, data) => sendRunEvent(services, call, { name, data, redact }),
		readJson: (json) => readLargeJson(json, attempt.controller.signal),
		evaluate: (expression) => evaluateCel(expression, scope),
		state: {
			get: (key) => {
				if (variables.has(key)) return variables.get(key);
				return Object.hasOwn(scope.state, key) ? scope.state[key] : undefined;
			},
			set: (key, value) => void variables.set(key, value),
			delete: (key) => {
				const existed = variables.has(key) ? variables.get(key) !== undefined : Object.hasOwn(scope.state, key);
				variables.set(key, undefined);
				return existed;
			},
		},
		history: createRunHistory(services, { ...place, runId: call.run.id }),
		transcript: createTranscript(services, {
			...{ step: { ...place, runId: call.run.id }, claim: attempt.claim, secrets },
			endAnswer: stepLog.endAnswer,
		}),
	};
	return { config, recorded, context, stepLog, usage, endEvents, variables, dispose: stopClock };
}

/** In a run that goes on from a turn of another, the step of that turn has the values that were given for it there. */
function withFork({ run, nodeId, iteration }: StepCall, resolved: ResolvedConfig): ResolvedConfig {
	if (run.fork?.nodeId !== nodeId || run.fork.iteration !== iteration) return resolved;
	const { changes } = run.fork;
	const change = (values: JsonObject): JsonObject =>
		Object.fromEntries(
			Object.entries({ ...values, ...changes }).filter(([name, value]) => !(name in changes) || value !== null),
		);
	return { ...resolved, config: change(resolved.config), recorded: change(resolved.recorded) };
}

/** The config with its references resolved, and as it is recorded. Throws `FatalError` where one has no value. */
export function resolveNode(node: PlanNode, scope: StepScope): ResolvedConfig {
	const definition = definitionOf(node.type);
	if (definition === undefined) throw new FatalError(`This server has no step type “${node.type}”.`);
	return resolveOrFail(() => resolveConfig(node.config, definition.config, scope));
}

export function resolveOrFail<Answer>(resolve: () => Answer): Answer {
	try {
		return resolve();
	} catch (error) {
		throw error instanceof FatalError ? error : new FatalError(error instanceof Error ? error.message : String(error));
	}
}

function startClock(seconds: number | undefined, onEnd: (seconds: number) => void): () => void {
	if (seconds === undefined) return () => {};
	const timer = setTimeout(onEnd, Math.min(seconds * 1000, 2 ** 31 - 1), seconds);
	return () => clearTimeout(timer);
}
