import type { Execute, StepQuestion } from "../execute-context";
import { conclude } from "./conclude";
import type { codingAgentDefinition } from "./definition";
import { questionOf, takeDecision } from "./permission";
import { openRecorder } from "./recorder";
import { startAgent } from "./start-agent";
import type { WorkState } from "./work-state";

/**
 * Lets a coding agent work, and looks at what came of it. What it says and does is recorded as it comes: an attempt that
 * follows goes on in the same session.
 */
export const executeCodingAgent: Execute<typeof codingAgentDefinition, StepQuestion> = async (config, context) => {
	const { answer, ...recorder } = await openRecorder(context);
	const work = { config, context, recorder };
	await takeDecision(work, answer);
	const open = questionOf(work);
	if (open) return open;
	if (hasEnded(recorder.state)) return await conclude(work);
	try {
		const end = await startAgent(work);
		return questionOf(work) ?? (await conclude(work, end));
	} catch (error) {
		// What it said last is worth keeping, whatever ended it.
		await recorder.flush().catch(() => {});
		throw error;
	}
};

/** Its work is done, and what came of it is not recorded yet. */
function hasEnded({ end, outcome }: WorkState): boolean {
	return end !== undefined && end.state !== "asked" && outcome?.ok !== false;
}
