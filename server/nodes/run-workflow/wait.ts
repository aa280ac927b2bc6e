import type { CalledRun, Wait } from "../wait";
import { runWorkflowDefinition } from "./definition";

const { waits: waitsSchema } = runWorkflowDefinition.config.shape;

export const runWorkflowWait: Wait<typeof runWorkflowDefinition> = {
	endsBy: "answer",
	begin({ workflow, version, inputs, waits, timeoutSeconds }, now) {
		const seconds = waits ? timeoutSeconds : 0;
		const until = seconds === undefined ? {} : { until: now + seconds * 1_000 };
		return { for: "call", workflow, version, inputs, isAwaited: waits, ...until };
	},
	resume(config, { called, isOver }) {
		if (called === null) return undefined;
		const { runId, number } = called;
		if (!waitsSchema.catch(true).parse(config.waits)) {
			return { output: { runId, number, status: "started", output: null } };
		}
		if (called.status === "completed") return { output: { runId, number, status: "completed", output: called.output } };
		const message = explainEnd(called) ?? (isOver ? "did not end in time" : undefined);
		if (message === undefined) return undefined;
		return {
			error: {
				message: `Run ${number} of “${called.workflow}” ${message}.`,
				code: explainEnd(called) ? "called_run" : "timeout",
			},
		};
	},
};

/** Within a sentence, without its full stop; undefined while the run goes on. */
function explainEnd({ status, error }: CalledRun): string | undefined {
	if (status === "failed") return `failed: ${error?.message.replace(/\.$/, "") ?? "look at it to see why"}`;
	if (status === "cancelled") return "was cancelled";
	return status === "timed_out" ? "took longer than it may" : undefined;
}
