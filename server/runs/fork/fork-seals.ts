import { type Keys, seal, unseal } from "@/server/credentials/seal";
import { sealBindings } from "@/server/execution/secrets/sealed-values";
import type { StepRef } from "../step-ref";
import type { ForkSeals } from "../store/copy-fork";

/** Seals anew what was sealed in the run of this step. */
export function forkSeals(keys: Keys, source: StepRef): ForkSeals {
	const anew = (sealed: string, from: string, to: string) => seal(keys, unseal(keys, sealed, from), to);
	const { output, decision, turn } = sealBindings;
	return {
		output: (sealed, { runId, ...place }) => anew(sealed, output(source.runId, place), output(runId, place)),
		decision: (sealed, { runId, ...place }) => anew(sealed, decision(source.runId, place), decision(runId, place)),
		turn: (sealed, { runId, from, to }) => anew(sealed, turn(source.runId, source, from), turn(runId, source, to)),
	};
}
