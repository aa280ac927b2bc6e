import { seal, unseal } from "@/server/credentials/seal";
import type { Json } from "@/server/plan/values/json";
import type { StepPlace } from "../run-context";

/** A value as it flows on, kept where the one that people may read has secrets hidden. */
export interface SealedValue<Value = Json> {
	value: Value;
	/** The names of the secrets that may stand in it. */
	secrets: string[];
	/** Those values themselves: a credential may have another one by the time this is read. Earlier records lack them. */
	values?: string[];
}

/** What a sealed value is bound to: copied to another place, it does not open. */
export const sealedIn = {
	output: (runId: string, { nodeId, iteration }: StepPlace) => `output ${runId} ${nodeId} ${iteration}`,
	decision: (runId: string, { nodeId, iteration }: StepPlace) => `decision ${runId} ${nodeId} ${iteration}`,
	variable: (runId: string, key: string) => `variable ${runId} ${key}`,
};

export function sealValue(key: Buffer, sealed: SealedValue, boundTo: string): string {
	return seal(key, Buffer.from(JSON.stringify(sealed)), boundTo);
}

/** Throws when the value was changed, stands elsewhere, or was sealed under another key. */
export function openValue<Value = Json>(key: Buffer, sealed: string, boundTo: string): SealedValue<Value> {
	const opened: SealedValue<Value> = JSON.parse(unseal(key, sealed, boundTo).toString("utf8"));
	return opened;
}
