/** Does the work of each item, whatever becomes of the others; then throws what went wrong first. */
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
