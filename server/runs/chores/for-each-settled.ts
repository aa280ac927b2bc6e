/** Calls `work` for each item, even after failures; then throws the first error. */
export async function forEachSettled<Item>(
	items: readonly Item[],
	work: (item: Item) => Promise<unknown>,
): Promise<void> {
	const errors: unknown[] = [];
	for (const item of items) {
		try {
			await work(item);
		} catch (error) {
			errors.push(error);
		}
	}
	if (errors.length > 0) throw errors[0];
}
