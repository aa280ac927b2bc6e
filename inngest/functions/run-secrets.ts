import type { Json } from "@/server/plan/json";
import type { PlanIndex } from "@/server/plan/plan-graph";
import { needsOf } from "./needs";
import { createRedact, REDACT_NOTHING, type Redact, redactJson } from "./redact-secrets";
import type { RunFacts } from "./run-memory";
import { openValue, sealValue } from "./sealed-values";

/** Values of secrets by name; the names that the team does not have are left out. */
export type OpenSecrets = (teamId: string, names: readonly string[]) => Promise<Record<string, string>>;
export type OpenTeamKey = (teamId: string) => Promise<Buffer>;

/**
 * The secrets that a run may meet: those that any of its steps names, whichever step prints them, since values travel
 * between steps in files, too. What flows on stays whole; what is shown and stored has them hidden.
 */
export interface RunSecrets {
	/** Nothing has to be hidden. */
	readonly isEmpty: boolean;
	readonly redact: Redact;
	/** Adds the values that a step has just opened: one may have been changed since the run began. */
	learn(values: readonly string[]): void;
	/** The value with secrets hidden; where that changed it, the value itself under the team's key. */
	seal<Value extends Json>(value: Value, boundTo: string): Promise<{ shown: Value; sealed: string | null }>;
	open<Value = Json>(sealed: string, boundTo: string): Promise<Value>;
}

/** One `RunSecrets` a run, for as long as its facts are remembered. */
export function createRunSecrets(openSecrets: OpenSecrets, openTeamKey: OpenTeamKey) {
	const known = new WeakMap<RunFacts, Promise<RunSecrets>>();
	return (facts: RunFacts): Promise<RunSecrets> => {
		const secrets = known.get(facts) ?? openAll(facts, openSecrets).then((values) => keep(facts, values, openTeamKey));
		known.set(facts, secrets);
		secrets.catch(() => known.delete(facts));
		return secrets;
	};
}

/** A credential that cannot be read stands in no output either, so it keeps no other step from running. */
async function openAll(facts: RunFacts, openSecrets: OpenSecrets): Promise<string[]> {
	const names = secretNames(facts);
	if (names.length === 0) return [];
	try {
		return Object.values(await openSecrets(facts.teamId, names));
	} catch {
		const opened = await Promise.allSettled(names.map((name) => openSecrets(facts.teamId, [name])));
		return opened.flatMap((one) => (one.status === "fulfilled" ? Object.values(one.value) : []));
	}
}

const namesByPlan = new WeakMap<PlanIndex, readonly string[]>();

function secretNames({ index, plan, pinnedSecrets }: RunFacts): string[] {
	const named = namesByPlan.get(index) ?? plan.nodes.flatMap((node) => needsOf(node).secrets);
	namesByPlan.set(index, named);
	return [...new Set([...named, ...pinnedSecrets])];
}

function keep(facts: RunFacts, opened: readonly string[], openTeamKey: OpenTeamKey): RunSecrets {
	const values = new Set(opened);
	let redact = createRedact(values);
	return {
		get isEmpty() {
			return redact === REDACT_NOTHING;
		},
		get redact() {
			return redact;
		},
		learn(more) {
			if (more.every((value) => values.has(value))) return;
			for (const value of more) values.add(value);
			redact = createRedact(values);
		},
		async seal(value, boundTo) {
			const shown = redactJson(value, isCut(value) ? redact.cut : redact);
			if (shown === value) return { shown, sealed: null };
			const key = await openTeamKey(facts.teamId);
			return { shown, sealed: sealValue(key, { value, secrets: secretNames(facts) }, boundTo) };
		},
		open: async <Value>(sealed: string, boundTo: string) =>
			openValue<Value>(await openTeamKey(facts.teamId), sealed, boundTo).value,
	};
}

/** The ends of what a program printed are in its output where the whole is not, and an answer may have been cut off. */
function isCut(output: Json): boolean {
	if (typeof output !== "object" || output === null || Array.isArray(output)) return false;
	return output.error !== undefined || Boolean(output.truncated);
}
