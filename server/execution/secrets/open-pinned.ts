import type { Sql } from "@/db/client";
import type { Keys } from "@/server/credentials/seal";
import type { NodeId } from "@/server/plan/plan";
import type { Json, JsonObject } from "@/server/plan/values/json";
import type { PinnedContainer, PinnedOutput, PinnedScope, SealedPlace } from "@/server/runs/store/pinned-scope";
import { type ContainerRecords, scopeAround } from "@/server/runs/try/scope-around";
import type { RunContext } from "../run-context";
import type { OpenTeamKey } from "./run-secrets";
import { openValue, type SealedValue, sealBindings } from "./sealed-values";

interface Sources {
	sql: Sql;
	openTeamKey: OpenTeamKey;
}

type Pinned = Pick<RunContext, "id" | "teamId" | "pinned">;

/** Decrypts the pinned scope of a run, and collects the secrets that it may contain. */
export async function openPinned(
	sources: Sources,
	{ id, teamId, pinned }: Pinned,
): Promise<Pick<RunContext, "pinned" | "pinnedSecrets" | "pinnedValues">> {
	if (pinned === null) return { pinned, pinnedSecrets: [], pinnedValues: [] };
	const opener = createOpener(() => sources.openTeamKey(teamId));
	await openVariables(sources.sql, id, opener);
	return {
		pinned: await openScope(pinned, opener),
		pinnedSecrets: [...opener.names],
		pinnedValues: [...opener.values],
	};
}

interface Opener {
	/** Names of secrets that the opened values may contain, and the values that they do contain. */
	names: ReadonlySet<string>;
	values: ReadonlySet<string>;
	open(sealed: string, boundTo: string): Promise<Json>;
}

function createOpener(openKey: () => Promise<Keys>): Opener {
	const names = new Set<string>();
	const values = new Set<string>();
	return {
		...{ names, values },
		async open(sealed, boundTo) {
			const opened: SealedValue = openValue(await openKey(), sealed, boundTo);
			for (const name of opened.secrets) names.add(name);
			for (const value of opened.values ?? []) values.add(value);
			return opened.value;
		},
	};
}

/** The variables of another run that this one began with: for their secrets, which may travel in files. */
async function openVariables(sql: Sql, runId: string, opener: Opener): Promise<void> {
	const rows = await sql<{ key: string; sealed: string; sealedBy: string }[]>`
		select key, sealed, sealed_in as "sealedBy" from run_variables
		where run_id = ${runId} and sealed_in is not null and sealed is not null`;
	for (const { key, sealed, sealedBy } of rows) await opener.open(sealed, sealBindings.variable(sealedBy, key));
}

async function openScope({ containers, steps: kept, ...given }: PinnedScope, opener: Opener): Promise<PinnedScope> {
	const steps: Record<NodeId, { output: Json }> = {};
	for (const [id, output] of Object.entries(kept ?? {})) steps[id] = { output: await openOutput(id, output, opener) };
	if (containers === undefined) return { ...given, ...(kept && { steps }) };
	const recorded = await openRecords(containers, opener);
	const shared: JsonObject = { ...steps };
	return { steps, ...scopeAround({ containers, recorded, given, steps: shared }) };
}

async function openRecords(containers: readonly PinnedContainer[], opener: Opener): Promise<ContainerRecords> {
	const records = new Map<NodeId, { input: Json; output: Json }>();
	for (const { id, opened, ended } of containers) {
		if (opened === undefined) continue;
		const output = ended ? await openOutput(id, ended, opener) : null;
		records.set(id, { input: await openOutput(id, opened, opener), output });
	}
	return records;
}

async function openOutput(id: NodeId, { output, sealed }: PinnedOutput, opener: Opener): Promise<Json> {
	return sealed === undefined ? output : await opener.open(sealed.text, placeOf(id, sealed));
}

export function placeOf(id: NodeId, { runId, nodeId = id, iteration }: SealedPlace): string {
	return sealBindings.output(runId, { nodeId, iteration });
}
