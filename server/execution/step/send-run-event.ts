import { FatalError } from "@/server/errors";
import { deliverSoon } from "@/server/events/deliver-events";
import { type SentEvent, sendEvent } from "@/server/events/send-event";
import type { Json } from "@/server/plan/values/json";
import { stepKey } from "@/server/runs/state";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { redactJson } from "../secrets/redact-secrets";
import type { StepServices } from "../step-services";
import type { StepCall } from "./with-claim";

interface Sent {
	name: string;
	data: Json;
	redact: Parameters<typeof redactJson>[1];
}

/** Sends an event from a step: whatever is tried again after a crash finds the one that was sent. */
export async function sendRunEvent(
	services: StepServices,
	{ run, nodeId, iteration }: StepCall,
	{ name, data, redact }: Sent,
): Promise<SentEvent> {
	if (JSON.stringify(redactJson(data, redact)) !== JSON.stringify(data)) {
		throw new FatalError(
			"A secret cannot be sent in an event, which people read. Let its receiver read the credential.",
		);
	}
	const [row] = await services.sql<{ depth: number }[]>`select depth from runs where id = ${run.id}`;
	const sent = await retryWhileUnavailable(() =>
		sendEvent(services.sql, {
			teamId: run.teamId,
			name,
			data,
			key: `run ${run.id} ${stepKey(nodeId, iteration)}`,
			source: { runId: run.id, nodeId },
			actor: run.actor,
			depth: (row?.depth ?? 0) + 1,
		}),
	);
	deliverSoon(services.database);
	return sent;
}
