import type { MODEL_CALL_PURPOSES } from "@/db/schema/model-calls";
import type { LlmProvider } from "@/server/llm/provider";
import { findTeamProvider, keepCalls, type ModelChoice } from "@/server/model-calls/find-team-provider";
import { recordCalls } from "@/server/model-calls/record-calls";
import { modelToAsk } from "@/server/nodes/model-fields";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import type { AuditAction } from "@/server/teams/audit-action";
import type { Caller } from "@/server/teams/caller";
import { writeAudit } from "@/server/teams/write-audit";
import type { AskedModel } from "./ask-model";

interface Matter {
	teamId: string;
	/** The workflow that it is about. */
	workflow: { id: string; name: string };
	purpose: (typeof MODEL_CALL_PURPOSES)[number];
	action: AuditAction;
	/** What answers in the place of the demo provider: by rules, from what is known here. */
	demo: () => LlmProvider;
}

/** Each costs money. */
const LIMIT = { points: 120, duration: 3_600 };

/** Counts what a member asks a model outside of runs, writes it to the audit log, and finds whom to ask. */
export async function beginAsking(caller: Caller, choice: ModelChoice, matter: Matter): Promise<AskedModel> {
	const { database, actor } = caller;
	const { teamId, workflow, purpose, action, demo } = matter;
	const userId = actor.kind === "user" ? actor.id : null;
	const limiter = sharedLimiter(database.db, "assistant", LIMIT);
	await countUse(limiter, userId ?? teamId, "You have asked very often");
	const paid = { teamId, workflowId: workflow.id, purpose };
	const provider =
		choice.provider === "demo"
			? recordCalls(demo(), keepCalls(database.db, actor, paid))
			: await findTeamProvider(caller, paid, choice);
	const model = choice.provider === "demo" ? "demo" : modelToAsk(choice);
	await database.db.transaction((tx) =>
		writeAudit(tx, {
			...{ teamId, actor, action, target: { type: "workflow", id: workflow.id } },
			detail: { name: workflow.name, provider: choice.provider, model },
		}),
	);
	return { provider, model };
}
