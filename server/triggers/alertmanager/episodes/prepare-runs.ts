import type { Database } from "@/db/client";
import { WeftError } from "@/server/errors";
import type { JsonObject } from "@/server/plan/values/json";
import type { Actor } from "@/server/runs/events";
import type { NewRun } from "@/server/runs/store/new-run";
import { decideByForm } from "../../hooks/decide/decide-by-form";
import type { HookTrigger } from "../../hooks/hook-kind";
import { prepareHookRun } from "../../hooks/receive/start-runs";
import type { AlertReport } from "../payload/alert-notice";
import { type NoticeContext, runPayload } from "../payload/run-payload";
import type { AlertmanagerConfig } from "../settings/alertmanager-config";
import { readSeenBefore } from "./seen-before";

/** Runs that one notification starts at most; what is left over starts with the next one. */
export const MAX_RUNS = 100;

/** A run that can be inserted, or why there is none. */
export type Prepared = NewRun | { reason: string };

interface Preparing {
	trigger: HookTrigger;
	config: AlertmanagerConfig;
	context: NoticeContext;
	actor: Actor;
	/** The alerts of each run. */
	groups: readonly (readonly AlertReport[])[];
}

/** Prepares the runs of groups of alerts, each with what its alerts meant before. */
export async function prepareRuns(
	database: Database,
	{ trigger, config, context, actor, groups }: Preparing,
): Promise<Prepared[]> {
	if (groups.length === 0) return [];
	const seenBefore = await readSeenBefore(database.sql, trigger.teamId, groups.flat());
	return await Promise.all(
		groups.map(async (alerts) => {
			const payload = runPayload({ key: trigger.key, context, alerts, seenBefore });
			return await prepareOne(database, { trigger, config, actor, payload });
		}),
	);
}

async function prepareOne(
	database: Database,
	{ trigger, config, actor, payload }: Pick<Preparing, "trigger" | "config" | "actor"> & { payload: JsonObject },
): Promise<Prepared> {
	const settings = { type: "alertmanager", inputs: config.inputs };
	const decision = decideByForm(settings, trigger.plan.inputs, { payload, keys: () => [] });
	if (decision.verdict !== "accepted") return { reason: decision.reason };
	try {
		return await prepareHookRun(database, { trigger, actor, decision });
	} catch (error) {
		if (error instanceof WeftError) return { reason: error.message };
		throw error;
	}
}
