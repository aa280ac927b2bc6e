import type { DbLike } from "@/db/client";
import { type MODEL_CALL_PURPOSES, modelCalls } from "@/db/schema/model-calls";
import type { Usage } from "@/server/runs/events";

interface ModelCall {
	teamId: string;
	userId: string | null;
	workflowId?: string | null;
	purpose: (typeof MODEL_CALL_PURPOSES)[number];
	usage: Usage;
}

/** Keeps what an answer outside of runs has cost, as part of what its team spends. */
export async function recordModelCall(db: DbLike, { usage, ...call }: ModelCall): Promise<void> {
	await db.insert(modelCalls).values({ ...call, ...usage });
}
