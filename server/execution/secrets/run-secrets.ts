import type { Keys } from "@/server/credentials/seal";
import type { PlanIndex } from "@/server/plan/graph/index-plan";
import type { Json } from "@/server/plan/values/json";
import type { RunContext } from "../run-context";
import { needsOf } from "../step/needs";
import { createRedact, REDACT_NOTHING, type Redact, redactJson } from "./redact-secrets";
import { openValue, sealValue } from "./sealed-values";

type Reader = Pick<RunContext, "teamId" | "actor">;

/** What a run reads by these references (`NAME`, `NAME.part`); those that lead to nothing are left out. */
export type OpenSecrets = (run: Reader, references: readonly string[]) => Promise<Record<string, string>>;
/** Every value that the run's steps may know by these references, former ones included. */
export type OpenKnownValues = (run: Reader, references: readonly string[]) => Promise<string[]>;
export type OpenTeamKey = (teamId: string) => Promise<Keys>;

/**
 * The secrets that a run may contain: all that its steps refer to, since values also travel between steps in files. The
 * values that steps read stay whole; what is shown and stored is redacted.
 */
export interface RunSecrets {
	/** True if nothing has to be redacted. */
	readonly isEmpty: boolean;
	readonly redact: Redact;
	/** Adds the values that a step has just opened. */
	learn(values: readonly string[]): void;
	/** Adds values that were set since: another worker's step may have written them into a file. */
	refresh(): Promise<void>;
	/** The redacted value and, if that differs, the value itself encrypted under the team's key. */
	seal<Value extends Json>(value: Value, boundTo: string): Promise<{ shown: Value; sealed: string | null }>;
	open<Value = Json>(sealed: string, boundTo: string): Promise<Value>;
}

/** One `RunSecrets` a run, for as long as its context is remembered. */
export function createRunSecrets(openKnownValues: OpenKnownValues, openTeamKey: OpenTeamKey) {
	const known = new WeakMap<RunContext, Promise<RunSecrets>>();
	return (run: RunContext): Promise<RunSecrets> => {
		const open = () => openKnownValues(run, secretNames(run));
		const secrets = known.get(run) ?? open().then((values) => keep(run, values, { open, openTeamKey }));
		known.set(run, secrets);
		secrets.catch(() => known.delete(run));
		return secrets;
	};
}

const namesByPlan = new WeakMap<PlanIndex, readonly string[]>();

function secretNames({ index, plan, pinnedSecrets }: RunContext): string[] {
	const named = namesByPlan.get(index) ?? plan.nodes.flatMap((node) => needsOf(node).secrets);
	namesByPlan.set(index, named);
	return [...new Set([...named, ...pinnedSecrets])];
}

interface Vault {
	open(): Promise<string[]>;
	openTeamKey: OpenTeamKey;
}

function keep(run: RunContext, opened: readonly string[], { open, openTeamKey }: Vault): RunSecrets {
	const values = new Set([...opened, ...run.pinnedValues]);
	let redact = createRedact(values);
	const learn = (more: readonly string[]) => {
		if (more.every((value) => values.has(value))) return;
		for (const value of more) values.add(value);
		redact = createRedact(values);
	};
	return {
		get isEmpty() {
			return redact === REDACT_NOTHING;
		},
		get redact() {
			return redact;
		},
		learn,
		async refresh() {
			if (secretNames(run).length > 0) learn(await open());
		},
		async seal(value, boundTo) {
			const hide = (by: Redact) => redactJson(value, isCut(value) ? by.cut : by);
			const shown = hide(redact);
			if (shown === value) return { shown, sealed: null };
			const key = await openTeamKey(run.teamId);
			const inside = [...values].filter((one) => hide(createRedact([one])) !== value);
			return { shown, sealed: sealValue(key, { value, secrets: secretNames(run), values: inside }, boundTo) };
		},
		async open<Value = Json>(sealed: string, boundTo: string) {
			const found = openValue<Value>(await openTeamKey(run.teamId), sealed, boundTo);
			learn(found.values ?? []);
			return found.value;
		},
	};
}

/** The ends of what a program printed are in its output where the whole is not, and an answer may have been cut off. */
function isCut(output: Json): boolean {
	if (typeof output !== "object" || output === null || Array.isArray(output)) return false;
	return output.error !== undefined || Boolean(output.truncated);
}
