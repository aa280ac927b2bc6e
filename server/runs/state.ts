import type { Actor, Iteration, RunEvent, RunEventData, StepError, TokenCounts, Usage } from "./events";

export const ACTIVE_RUN_STATUSES = ["queued", "running", "paused"] as const;
export const ENDED_RUN_STATUSES = ["completed", "failed", "cancelled", "timed_out"] as const;
export type RunStatus = (typeof ACTIVE_RUN_STATUSES)[number] | (typeof ENDED_RUN_STATUSES)[number];

/** A run's state is a union on its status: a failed run has an error, a completed one cannot. */
export type RunPhase =
	| { status: "queued" }
	| { status: "running"; startedAt: number }
	| { status: "paused"; startedAt?: number; actor: Actor }
	| { status: "completed"; startedAt: number; endedAt: number; output?: unknown }
	| { status: "failed"; startedAt?: number; endedAt: number; error: StepError; nodeId?: string }
	| { status: "cancelled"; startedAt?: number; endedAt: number; actor: Actor; reason?: string }
	| { status: "timed_out"; startedAt?: number; endedAt: number; limitSeconds: number };

export type StepStatus =
	| "pending"
	| "running"
	| "retrying"
	| "waiting"
	| "completed"
	| "failed"
	| "timed_out"
	| "skipped"
	| "not_reached"
	| "cancelled";

export type StepPhase =
	| { status: "pending" }
	| { status: "running" }
	| { status: "retrying"; retryAt: number; error: StepError }
	| { status: "waiting"; wait: RunEventData<"step.waiting"> }
	| { status: "completed"; endedAt: number; port: string }
	| { status: "failed" | "timed_out"; endedAt: number; error: StepError; port?: string }
	/** Not reached: the run ended before this step could be decided. */
	| { status: "skipped" | "not_reached" }
	| { status: "cancelled"; endedAt: number };

export interface Attempt {
	number: number;
	/** The event that began it: what the log holds after it is its own. */
	seq: number;
	startedAt: number;
	endedAt?: number;
	error?: StepError;
}

/** One execution of one node: the same node runs once per iteration of the containers around it. */
export interface StepState {
	nodeId: string;
	iteration: Iteration;
	phase: StepPhase;
	startedAt?: number;
	attempts: Attempt[];
	maxAttempts: number;
	/** Containers only: the iterations begun so far. */
	iterations?: { begun: number; total?: number; labels: string[] };
	decision?: RunEventData<"step.decided"> | undefined;
	/** The run of another workflow that it has started. */
	called?: Extract<RunEventData<"step.waiting">, { for: "run" }>;
	/** The turns of an agent. */
	turns?: readonly AgentTurn[] | undefined;
	usage: Usage[];
	comments: { at: number; text: string }[];
	/** The last event that brought log lines or tokens: a reader that shows them reads on when it grows. */
	lastLogSeq: number;
}

/** A turn of an agent: an answer of its model, and the calls of tools that it asked for. */
export interface AgentTurn extends RunEventData<"agent.turn"> {
	/** The event that recorded it: what is streamed after it belongs to the next one. */
	seq: number;
	at: number;
	calls: readonly AgentCall[];
	notes: readonly string[];
}

export interface AgentCall extends RunEventData<"agent.call"> {
	at: number;
	/** Undefined until it has ended. */
	result?: RunEventData<"agent.result"> & { at: number };
}

export interface RunState {
	phase: RunPhase;
	/** The last event folded in; the next one must be `seq + 1`. */
	seq: number;
	queuedAt?: number;
	actor?: Actor;
	trigger?: string;
	/** The personal credentials of the actor that its steps read, by name. */
	ownCredentials?: readonly string[] | undefined;
	steps: Readonly<Record<string, StepState>>;
	costUsd: number;
	tokens: number;
}

/** The key of a step in `RunState.steps`. */
export function stepKey(nodeId: string, iteration: Iteration): string {
	return iteration === "" ? nodeId : `${nodeId}#${iteration}`;
}

export function isEnded(status: RunStatus): boolean {
	return (ENDED_RUN_STATUSES as readonly string[]).includes(status);
}

export const initialRunState: RunState = { phase: { status: "queued" }, seq: 0, steps: {}, costUsd: 0, tokens: 0 };

/** Folds events into the state they describe. Pure: the server, the canvas and the command line share it. */
export function foldRun(state: RunState, events: readonly RunEvent[]): RunState {
	if (events.length === 0) return state;
	const next: Draft = { ...state, steps: { ...state.steps } };
	for (const event of events) {
		if (event.seq <= next.seq) continue;
		next.seq = event.seq;
		applyRun(next, event);
		applyStep(next, event);
	}
	return next;
}

type Draft = Omit<RunState, "steps"> & { steps: Record<string, StepState> };

function applyRun(run: Draft, event: RunEvent): void {
	const startedAt = "startedAt" in run.phase ? run.phase.startedAt : undefined;
	const endedAt = event.at;
	switch (event.type) {
		case "run.queued":
			run.queuedAt = event.at;
			run.actor = event.data.actor;
			run.trigger = event.data.trigger;
			if (event.data.ownCredentials) run.ownCredentials = event.data.ownCredentials;
			break;
		case "run.started":
			run.phase = { status: "running", startedAt: event.at };
			break;
		case "run.paused":
			run.phase = { status: "paused", startedAt, actor: event.data.actor };
			break;
		case "run.resumed":
			run.phase = startedAt === undefined ? { status: "queued" } : { status: "running", startedAt };
			break;
		case "run.completed":
			run.phase = { status: "completed", startedAt: startedAt ?? endedAt, endedAt, output: event.data.output };
			break;
		case "run.failed":
			run.phase = { status: "failed", startedAt, endedAt, ...event.data };
			break;
		case "run.cancelled":
			run.phase = { status: "cancelled", startedAt, endedAt, ...event.data };
			break;
		case "run.timed_out":
			run.phase = { status: "timed_out", startedAt, endedAt, ...event.data };
			break;
		case "step.usage":
			run.costUsd += billedUsd([event.data]);
			run.tokens += totalTokens(event.data);
			break;
		default:
	}
}

function applyStep(run: Draft, event: RunEvent): void {
	if (event.type === "steps.not_reached") {
		for (const { nodeId, iteration } of event.data.steps)
			run.steps[stepKey(nodeId, iteration)] = { ...newStep(nodeId, iteration), phase: { status: "not_reached" } };
	}
	if (event.nodeId === null) return;
	const key = stepKey(event.nodeId, event.iteration);
	const before = run.steps[key] ?? newStep(event.nodeId, event.iteration);
	run.steps[key] = stepAfter(before, event);
}

function newStep(nodeId: string, iteration: Iteration): StepState {
	return {
		nodeId,
		iteration,
		phase: { status: "pending" },
		attempts: [],
		maxAttempts: 1,
		usage: [],
		comments: [],
		lastLogSeq: 0,
	};
}

function stepAfter(step: StepState, event: RunEvent): StepState {
	const endedAt = event.at;
	switch (event.type) {
		case "step.started":
			return {
				...step,
				phase: { status: "running" },
				startedAt: step.startedAt ?? event.at,
				maxAttempts: event.data.maxAttempts,
				attempts: beginAttempt(step.attempts, { number: event.data.attempt, seq: event.seq, startedAt: event.at }),
			};
		case "step.retrying":
			return {
				...step,
				phase: { status: "retrying", retryAt: event.data.retryAt, error: event.data.error },
				attempts: endAttempt(step.attempts, event.data.attempt, { endedAt, error: event.data.error }),
			};
		case "step.waiting":
			return {
				...step,
				decision: undefined,
				startedAt: step.startedAt ?? event.at,
				phase: { status: "waiting", wait: event.data },
				...(event.data.for === "run" && { called: event.data }),
			};
		case "step.decided":
			return { ...step, decision: event.data };
		case "step.completed":
			return {
				...step,
				phase: { status: "completed", endedAt, port: event.data.port },
				attempts: endAttempt(step.attempts, event.data.attempt, { endedAt }),
			};
		case "step.failed": {
			const { error, timedOut, port } = event.data;
			return {
				...step,
				phase: { status: timedOut ? "timed_out" : "failed", endedAt, error, port },
				attempts: endAttempt(step.attempts, event.data.attempt, { endedAt, error }),
			};
		}
		case "step.skipped":
			return { ...step, phase: { status: "skipped" } };
		case "step.cancelled":
			return {
				...step,
				phase: { status: "cancelled", endedAt },
				attempts: step.attempts.map((a) => (a.endedAt === undefined ? { ...a, endedAt } : a)),
			};
		case "step.iterated":
			return { ...step, iterations: addIteration(step.iterations, event.data) };
		case "step.log":
		case "step.token":
			return { ...step, lastLogSeq: event.seq };
		case "step.usage":
			return { ...step, usage: [...step.usage, event.data] };
		case "step.comment":
			return { ...step, comments: [...step.comments, { at: event.at, text: event.data.text }] };
		case "agent.turn":
			return { ...step, turns: [...(step.turns ?? []), turnOf(event)] };
		case "agent.call":
			return changeTurn(step, event.data.turn, (turn) => ({
				...turn,
				calls: [...turn.calls.filter(({ id }) => id !== event.data.id), { ...event.data, at: event.at }],
			}));
		case "agent.result":
			return { ...step, turns: step.turns?.map((turn) => endCall(turn, { ...event.data, at: event.at })) };
		case "agent.note":
			return changeTurn(step, event.data.turn, (turn) => addNote(turn, event.data));
		default:
			return step;
	}
}

/** A step that has asked something goes on in the same attempt. */
function beginAttempt(attempts: Attempt[], begun: Attempt): Attempt[] {
	if (attempts.some(({ number, endedAt }) => number === begun.number && endedAt === undefined)) return attempts;
	return [...attempts.filter(({ number }) => number !== begun.number), begun];
}

function changeTurn(step: StepState, number: number, change: (turn: AgentTurn) => AgentTurn): StepState {
	return { ...step, turns: step.turns?.map((turn) => (turn.turn === number ? change(turn) : turn)) };
}

/** What summing up took counts with the turn after which it was done. */
function addNote(turn: AgentTurn, { text, tokens = 0, costUsd = 0 }: RunEventData<"agent.note">): AgentTurn {
	return {
		...turn,
		notes: [...turn.notes, text],
		tokens: turn.tokens + tokens,
		costUsd: turn.costUsd + costUsd,
	};
}

function turnOf({ data, seq, at }: Extract<RunEvent, { type: "agent.turn" }>): AgentTurn {
	return { ...data, seq, at, calls: [], notes: [] };
}

function endCall(turn: AgentTurn, result: NonNullable<AgentCall["result"]>): AgentTurn {
	if (!turn.calls.some(({ id }) => id === result.id)) return turn;
	return {
		...turn,
		calls: turn.calls.map((call) => (call.id === result.id && call.result === undefined ? { ...call, result } : call)),
	};
}

function addIteration(
	before: StepState["iterations"],
	{ index, label, total }: Extract<RunEvent, { type: "step.iterated" }>["data"],
): StepState["iterations"] {
	const labels = [...(before?.labels ?? [])];
	labels[index] = label ?? String(index + 1);
	return { begun: Math.max(before?.begun ?? 0, index + 1), total: total ?? before?.total, labels };
}

function endAttempt(attempts: Attempt[], number: number, end: Pick<Attempt, "endedAt" | "error">): Attempt[] {
	return attempts.map((attempt) => (attempt.number === number ? { ...attempt, ...end } : attempt));
}

/** All tokens of a call, whatever they cost. */
export function totalTokens(usage: TokenCounts): number {
	const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens } = usage;
	return inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens + reasoningTokens;
}

/** What calls cost in US dollars, without those that a subscription pays for. */
export function billedUsd(usage: readonly Pick<Usage, "costUsd" | "notional">[]): number {
	return usage.reduce((sum, { costUsd, notional }) => (notional ? sum : sum + costUsd), 0);
}
