import type { TransactionSql } from "postgres";
import { notifySoon } from "@/db/notify";
import type { StepUpdate } from "@/server/nodes/execute-context";
import type { Json } from "@/server/plan/values/json";
import { RUN_EVENTS_CHANNEL } from "@/server/runs/store/append-events";
import { recordStepIn, type StepRecord } from "@/server/runs/store/record-step";
import type { RunContext } from "../run-context";
import type { RunSecrets } from "../secrets/run-secrets";
import { sealBindings } from "../secrets/sealed-values";
import type { StepServices } from "../step-services";
import { redactRecord } from "./record-redacted";

interface UpdateRecord {
	run: RunContext;
	update: StepUpdate<Json>;
	/** Returns the record of the step's end for this output. */
	recordOf(output: Json): StepRecord;
}

/**
 * Changes a variable and records the step that does it, in one transaction that locks the run: other changes of the
 * variable wait, and an attempt that lost its claim changes nothing. Returns the output; undefined when nothing was
 * recorded. Throws what `apply` throws.
 */
export async function recordUpdate(
	services: StepServices,
	{ run, update, recordOf }: UpdateRecord,
): Promise<{ output: Json } | undefined> {
	const secrets = await services.secretsOf(run);
	const recorded = await services.sql.begin(async (tx) => {
		await tx`select from runs where id = ${run.id} for update`;
		const { value, output } = update.apply(await readVariable(tx, { run, key: update.key, secrets }));
		const record = { ...recordOf(output), variables: new Map([[update.key, value]]) };
		return (await recordStepIn(tx, await redactRecord(services, record))) ? { output } : undefined;
	});
	if (recorded) notifySoon(services.sql, RUN_EVENTS_CHANNEL, run.id);
	return recorded;
}

async function readVariable(
	tx: TransactionSql,
	{ run, key, secrets }: { run: RunContext; key: string; secrets: RunSecrets },
): Promise<Json | undefined> {
	const [row] = await tx<{ value: Json; sealed: string | null; sealedBy: string }[]>`
		select value, sealed, coalesce(sealed_in, run_id) as "sealedBy" from run_variables
		where run_id = ${run.id} and key = ${key}`;
	if (row === undefined || row.sealed === null) return row?.value;
	return await secrets.open(row.sealed, sealBindings.variable(row.sealedBy, key));
}
