import type { Wait } from "../wait";
import { waitForEventDefinition } from "./definition";

const { event: eventSchema } = waitForEventDefinition.output.shape;

export const waitForEventWait: Wait<typeof waitForEventDefinition> = {
	endsBy: "answer",
	begin({ name, match, lookBackMinutes, timeoutSeconds }, now) {
		const until = timeoutSeconds === undefined ? {} : { until: now + timeoutSeconds * 1_000 };
		return { for: "event", name, match, lookBackMinutes, ...until };
	},
	resume(_, { answer, isOver }) {
		if (answer?.for === "event") return { output: { event: eventSchema.parse(answer.event) } };
		return isOver ? { output: { event: null } } : undefined;
	},
};
