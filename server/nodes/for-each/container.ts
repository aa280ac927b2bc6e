import type { EndedItems, ItemsContainer } from "../container";
import { labelItem } from "../label-item";
import { MAX_OUTPUT_LENGTH } from "../output-limit";
import { forEachDefinition } from "./definition";
import { listItems } from "./list-items";

export const forEachContainer: ItemsContainer<typeof forEachDefinition> = {
	runs: "items",
	open: ({ items, ...rest }) => ({
		items: listItems(items),
		parallel: rest.parallel,
		onItemFailure: rest.onItemFailure,
		workspace: rest.workspace,
	}),
	stopWhen: ({ stopWhen }) => forEachDefinition.config.shape.stopWhen.parse(stopWhen),
	finish(ended) {
		const { items, ends, stopped } = ended;
		const results = ends.map((end) => ("error" in end ? null : end.result));
		const output = { results, failures: failuresOf(ended), total: items.length, ran: ends.length, stopped };
		if (JSON.stringify(output).length > MAX_OUTPUT_LENGTH) {
			const message = "The results are longer than 2 MB together. Let the steps write files and return their names.";
			return { error: { message }, output: { ...output, results: [] } };
		}
		const message = sayFailure(ended);
		return message === undefined ? { output } : { error: { message }, output };
	},
};

function failuresOf({ items, ends }: EndedItems) {
	return ends.flatMap((end, index) =>
		"error" in end ? [{ index, item: items[index] ?? null, error: end.error }] : [],
	);
}

/** Why the whole of it failed; undefined when it did not. */
function sayFailure(ended: EndedItems): string | undefined {
	const { items, undecided, onItemFailure } = ended;
	const failure = undecided ?? (onItemFailure === "stop" ? failuresOf(ended)[0] : undefined);
	if (failure === undefined) return undefined;
	const { index, error } = failure;
	return `Item ${index + 1} of ${items.length} (${labelItem(items[index] ?? null, index)}) failed: ${error}`;
}
