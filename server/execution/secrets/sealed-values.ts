import { type Keys, seal, unseal } from "@/server/credentials/seal";
import type { Json } from "@/server/plan/values/json";
import type { StepPlace } from "../run-context";

/** The value that later steps read, stored encrypted beside its redacted form. */
export interface SealedValue<Value = Json> {
	value: Value;
	/** The names of the secrets that it may contain. */
	secrets: string[];
	/** The secrets' values: a credential may have changed by the time this is read. Missing in earlier records. */
	values?: string[];
}

/** The associated data that a value is encrypted with: copied to another row, it cannot be decrypted. */
export const sealBindings = {
	output: (runId: string, { nodeId, iteration }: StepPlace) => `output ${runId} ${nodeId} ${iteration}`,
	decision: (runId: string, { nodeId, iteration }: StepPlace) => `decision ${runId} ${nodeId} ${iteration}`,
	turn: (runId: string, { nodeId, iteration }: StepPlace, seq: number) => `turn ${runId} ${nodeId} ${iteration} ${seq}`,
	variable: (runId: string, key: string) => `variable ${runId} ${key}`,
};

export function sealValue(key: Keys, sealed: SealedValue, boundTo: string): string {
	return seal(key, Buffer.from(JSON.stringify(sealed)), boundTo);
}

/** Throws when the value was changed, stands elsewhere, or was sealed under another key. */
export function openValue<Value = Json>(key: Keys, sealed: string, boundTo: string): SealedValue<Value> {
	const opened: SealedValue<Value> = JSON.parse(unseal(key, sealed, boundTo).toString("utf8"));
	return opened;
}
