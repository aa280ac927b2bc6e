/** What the sealed token of an address is bound to. */
export function hookBinding(id: string): string {
	return `hook ${id}`;
}
