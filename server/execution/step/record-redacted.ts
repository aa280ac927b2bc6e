import { FatalError } from "@/server/errors";
import type { Json } from "@/server/plan/values/json";
import type { NewRunEvent, StepError } from "@/server/runs/events";
import { recordStep, type StepRecord } from "@/server/runs/store/record-step";
import { type Redact, redactJson } from "../secrets/redact-secrets";
import type { RunSecrets } from "../secrets/run-secrets";
import { sealBindings } from "../secrets/sealed-values";
import type { StepServices } from "../step-services";

/**
 * Records a step as `recordStep` does, with the run's secrets redacted in everything that people may read. An output or a
 * variable that the redaction changes is also stored whole, encrypted, for the steps that read it.
 */
export async function recordRedacted(services: StepServices, record: StepRecord): Promise<boolean> {
	return await recordStep(services.sql, await redactRecord(services, record));
}

/** The record as it is stored. */
export async function redactRecord(services: StepServices, record: StepRecord): Promise<StepRecord> {
	const run = await services.cache.loadRun(record.runId);
	const secrets = run && (await services.secretsOf(run));
	if (secrets === undefined || secrets.isEmpty) return record;
	const { redact } = secrets;
	const output = "output" in record.to ? record.to.output : undefined;
	const kept = output === undefined ? undefined : await secrets.seal(output, sealBindings.output(record.runId, record));
	return {
		...record,
		to: redactChange(record.to, { output: kept?.shown, redact }),
		sealed: kept?.sealed ?? null,
		...(record.input !== undefined && { input: redactJson(record.input, redact) }),
		...(record.variables && (await sealVariables(secrets, { ...record, variables: record.variables }))),
		events: record.events.map((event) => redactEvent(event, redact)),
	};
}

async function sealVariables(
	secrets: RunSecrets,
	{ runId, variables }: { runId: string; variables: NonNullable<StepRecord["variables"]> },
): Promise<Pick<StepRecord, "variables" | "sealedVariables">> {
	const shown = new Map<string, Json | undefined>();
	const sealed = new Map<string, string | null>();
	for (const [key, value] of variables) {
		const kept = value === undefined ? undefined : await secrets.seal(value, sealBindings.variable(runId, key));
		shown.set(key, kept?.shown);
		sealed.set(key, kept?.sealed ?? null);
	}
	return { variables: shown, sealedVariables: sealed };
}

function redactChange(
	to: StepRecord["to"],
	{ output, redact }: { output: Json | undefined; redact: Redact },
): StepRecord["to"] {
	switch (to.status) {
		case "completed":
			return { ...to, output: output ?? null };
		case "failed":
			return { ...to, error: redactError(to.error, redact), ...(output !== undefined && { output }) };
		case "retrying":
			return { ...to, error: redactError(to.error, redact) };
		case "open":
			return { ...to, ...(output !== undefined && { output }) };
		case "waiting":
		case "cancelled":
			return to;
	}
}

/** Other events contain no text of a step, or were redacted before (log lines and tokens). */
function redactEvent(event: NewRunEvent, redact: Redact): NewRunEvent {
	switch (event.type) {
		case "step.failed":
			return { ...event, data: { ...event.data, error: redactError(event.data.error, redact) } };
		case "step.retrying":
			return { ...event, data: { ...event.data, error: redactError(event.data.error, redact) } };
		case "step.waiting":
			return { ...event, data: redactQuestion(event.data, redact) };
		default:
			return event;
	}
}

function redactError(error: StepError, redact: Redact): StepError {
	return redactJson({ ...error }, redact.cut);
}

type Question = Extract<NewRunEvent, { type: "step.waiting" }>["data"];

/** Throws `FatalError` if the form's fields contain a secret: a redacted form could not be answered. */
function redactQuestion(data: Question, redact: Redact): Question {
	if (data.for !== "approval") return data;
	const fields = JSON.stringify(data.fields);
	if (redact(fields) !== fields)
		throw new FatalError("An approval is read by people: a secret cannot stand in its form.");
	// The input of a call may be shortened.
	return { ...data, message: data.by ? redact.cut(data.message) : redact(data.message) };
}
