import { z } from "zod";
import { FatalError, RetryableError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { beginDescription, describeInput } from "./begin-description";
import { beginExplanation, explainInput } from "./begin-explanation";
import { beginFailureReason, failureInput } from "./begin-failure-reason";
import type { Asking } from "./news";

export const assistantInput = z.discriminatedUnion("ask", [
	describeInput.extend({ ask: z.literal("describe") }),
	explainInput.extend({ ask: z.literal("explain") }),
	failureInput.extend({ ask: z.literal("why-failed") }),
]);
type AssistantInput = z.infer<typeof assistantInput>;

/** Prepares an answer; what it returns asks the model. Why a model gives none is the last thing that is told. */
export async function beginAnswer(caller: Caller, input: AssistantInput) {
	const answer = await begin(caller, input);
	return async (asking: Asking): Promise<void> => {
		try {
			await answer(asking);
		} catch (error) {
			if (asking.signal.aborted) return;
			if (!(error instanceof FatalError || error instanceof RetryableError)) throw error;
			asking.tell({ type: "failed", message: error.message });
		}
	};
}

async function begin(caller: Caller, input: AssistantInput) {
	switch (input.ask) {
		case "describe":
			return await beginDescription(caller, input);
		case "explain":
			return await beginExplanation(caller, input);
		case "why-failed":
			return await beginFailureReason(caller, input);
	}
}
