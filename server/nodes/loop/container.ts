import type { RoundsContainer } from "../container";
import { loopDefinition } from "./definition";

const { stopWhen: stopWhenSchema, next: nextSchema } = loopDefinition.config.shape;

export const loopContainer: RoundsContainer<typeof loopDefinition> = {
	runs: "rounds",
	open: ({ vars, maxIterations }) => ({ vars, limit: maxIterations }),
	stopWhen: ({ stopWhen }) => stopWhenSchema.parse(stopWhen),
	next: ({ next }) => nextSchema.parse(next),
	finish({ stopWhen }, { ran, reached, problem, vars, last }) {
		const exhausted = stopWhen !== undefined && !reached && problem === undefined;
		const output = { iterations: ran, exhausted, vars, last };
		return problem === undefined ? { output } : { error: { message: problem }, output };
	},
};
