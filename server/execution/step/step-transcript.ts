import { RetryableError } from "@/server/errors";
import type { ExecuteContext, ShownEvent } from "@/server/nodes/execute-context";
import type { Json } from "@/server/plan/values/json";
import type { NewRunEvent } from "@/server/runs/events";
import type { StepRef } from "@/server/runs/step-ref";
import { appendTurn, chargeEnded, readTurns } from "@/server/runs/store/agent-turns";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { type Redact, redactJson } from "../secrets/redact-secrets";
import type { RunSecrets } from "../secrets/run-secrets";
import { sealBindings } from "../secrets/sealed-values";
import type { StepServices } from "../step-services";

interface Attempt {
	step: StepRef;
	/** Undefined where the step has none: such a step records nothing while it works. */
	claim: number | undefined;
	secrets: RunSecrets;
	/** Ends what is streamed of an answer, before its record takes its place. */
	endAnswer(): Promise<void>;
}

type Told = NonNullable<Parameters<ExecuteContext["transcript"]["append"]>[1]>;

/** The transcript of a step, written under its claim. */
export function createTranscript(services: StepServices, attempt: Attempt): ExecuteContext["transcript"] {
	const { step, secrets } = attempt;
	let count = 0;
	let isPaused = false;
	/** Entries are written one after the other. */
	let last: Promise<void> = Promise.resolve();

	async function open(entry: Json, sealed: string | null, seq: number): Promise<Json> {
		return sealed === null ? entry : await secrets.open(sealed, sealBindings.turn(step.runId, step, seq));
	}

	async function write(entry: Json, { events = [], usage = [], takesAnswer = false }: Told): Promise<void> {
		const seq = count + 1;
		if (events.some(({ type }) => type === "agent.turn")) await attempt.endAnswer();
		const { shown, sealed } = await secrets.seal(entry, sealBindings.turn(step.runId, step, seq));
		const place = { nodeId: step.nodeId, iteration: step.iteration };
		const told: NewRunEvent[] = [
			...events.map((event) => ({ ...redactShown(event, secrets.redact.cut), ...place })),
			...usage.map((data) => ({ type: "step.usage" as const, ...place, data })),
		];
		const claim = { ...step, worker: services.worker, claim: attempt.claim ?? 0 };
		const turn = { seq, entry: shown, sealed, events: told, usage, takesAnswer };
		const accepted = await retryWhileUnavailable(() => appendTurn(services.sql, claim, turn));
		if (accepted === undefined) {
			if (usage.length > 0) await retryWhileUnavailable(() => chargeEnded(services.sql, step, { seq, usage }));
			throw new RetryableError("Another worker has taken this step over.");
		}
		count = seq;
		isPaused = accepted.isPaused;
	}

	return {
		async read() {
			const read = await retryWhileUnavailable(() => readTurns(services.sql, step));
			count = read.turns.length;
			const entries: Json[] = [];
			for (const [index, turn] of read.turns.entries()) entries.push(await open(turn.entry, turn.sealed, index + 1));
			return { entries, answer: read.answer };
		},
		async append(entry, told = {}) {
			const written = last.then(() => write(entry, told));
			last = written.catch(() => {});
			await written;
		},
		isPaused: () => isPaused,
	};
}

/** What is shown is shortened: half a secret may stand at its end. */
function redactShown(event: ShownEvent, redact: Redact["cut"]): ShownEvent {
	switch (event.type) {
		case "agent.turn":
			return { ...event, data: redactJson(event.data, redact) };
		case "agent.call":
			return { ...event, data: redactJson(event.data, redact) };
		case "agent.result":
			return { ...event, data: redactJson(event.data, redact) };
		case "agent.note":
			return { ...event, data: redactJson(event.data, redact) };
	}
}
