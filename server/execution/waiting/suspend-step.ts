import { FatalError } from "@/server/errors";
import { getMailer } from "@/server/mail/mailer";
import type { WaitExecutor } from "@/server/nodes/executors";
import type { WaitRequest } from "@/server/nodes/wait";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import type { StepRecord } from "@/server/runs/store/record-step";
import { warningOnStep } from "@/server/runs/store/warn-on-step";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import type { RunContext } from "../run-context";
import { nodeOf, recordFailure } from "../step/attempt-step";
import { loadScope, type StepScope } from "../step/load-scope";
import { needsOf } from "../step/needs";
import { resolveNode } from "../step/prepare-step";
import { recordQuestion } from "../step/record-question";
import { recordRedacted } from "../step/record-redacted";
import { toStepError } from "../step/run-attempt";
import type { HeldClaim, StepAnswer, StepCall } from "../step/with-claim";
import { withClaim } from "../step/with-claim";
import type { StepServices } from "../step-services";
import { recordEventWait } from "./await-event";
import { recordCall } from "./call-workflow";
import { showsSecret } from "./shows-secret";

/** Begins a wait: resolves what for, and records that the step waits. */
export function suspendStep(services: StepServices, call: StepCall, executor: WaitExecutor): Promise<StepAnswer> {
	return withClaim(services, call, async (claim) => {
		const node = nodeOf(call);
		try {
			const scope = await loadScope(services, call.run, { ...claim, needs: needsOf(node) });
			return await recordWait(services, { run: call.run, claim }, readWait(node, scope, executor));
		} catch (error) {
			if (!(error instanceof FatalError)) throw error;
			return await recordFailure(services, { node, claim }, { error: toStepError(error), isFinal: true });
		}
	});
}

interface Wait {
	scope: StepScope;
	recorded: Json;
	request: WaitRequest;
}

function readWait(node: PlanNode, scope: StepScope, executor: WaitExecutor): Wait {
	const { config, recorded } = resolveNode(node, scope);
	const request = executor.begin(config, Date.now(), recorded);
	if (request.for === "approval" && showsSecret(node))
		throw new FatalError("A secret cannot be used in an approval, which people read.");
	return { scope, recorded, request };
}

async function recordWait(
	services: StepServices,
	{ run, claim }: { run: RunContext; claim: HeldClaim },
	{ scope, recorded, request }: Wait,
): Promise<StepAnswer | null> {
	const { until = null } = request;
	const record: StepRecord = {
		...claim,
		from: { status: "running", worker: claim.worker, claim: claim.claim },
		to: { status: "waiting", until },
		input: recorded,
		usage: [],
		events: [],
	};
	const accepted = await recordBeginning(services, { run, scope, record }, request);
	return accepted ? { status: "waiting", until } : null;
}

function recordBeginning(
	services: StepServices,
	{ run, scope, record }: { run: RunContext; scope: StepScope; record: StepRecord },
	request: WaitRequest,
): Promise<boolean> {
	switch (request.for) {
		case "call":
			return recordCall(services, { run, request, record });
		case "event":
			return recordEventWait(services, { run, request, scope, record });
		default:
			return recordShown(services, record, request);
	}
}

async function recordShown(
	services: StepServices,
	record: StepRecord,
	request: Exclude<WaitRequest, { for: "call" }>,
): Promise<boolean> {
	const { nodeId, iteration } = record;
	const { mail, slack, ...data } = { mail: undefined, slack: undefined, ...request };
	const waiting = { type: "step.waiting" as const, nodeId, iteration, data };
	const unsent = mail && getMailer() === undefined ? [warningOnStep(record, NO_MAIL)] : [];
	const shown: StepRecord = { ...record, events: [waiting, ...unsent] };
	return await retryWhileUnavailable(() =>
		data.for === "approval" ? recordQuestion(services, shown, { mail, slack }) : recordRedacted(services, shown),
	);
}

const NO_MAIL =
	"No link was mailed: this server sends no mail. Whoever runs it sets SMTP_URL and MAIL_FROM for that; until then it is decided in Weft.";
