import type { ItemsContainer } from "../container";
import { type batchDefinition, numbersUpTo } from "./definition";

export const batchContainer: ItemsContainer<typeof batchDefinition> = {
	runs: "items",
	open: ({ size }) => ({
		items: numbersUpTo(size),
		parallel: size,
		onItemFailure: "stop",
		workspace: "shared",
	}),
	stopWhen: () => undefined,
	finish({ ends }) {
		const failed = ends.find((end) => "error" in end);
		const output = { done: ends.flatMap((end) => ("result" in end ? [end.result] : [])) };
		return failed ? { error: { message: failed.error }, output } : { output };
	},
};
