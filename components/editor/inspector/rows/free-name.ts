/** The name, or else the first of `name_2`, `name_3` and so on, that no other has. */
export function freeName(name: string, taken: readonly unknown[]): string {
	let free = name;
	for (let count = 2; taken.includes(free); count++) free = `${name}_${count}`;
	return free;
}
