/** On which branch a step of a list runs. Read out with the step itself. */
export function BranchName({ name }: { name: string | undefined }) {
	if (name === undefined) return null;
	return (
		<span className="max-w-24 flex-none truncate rounded-1 bg-fill-2 px-1.5 text-11 text-ink-2 leading-4">{name}</span>
	);
}

export function branchLabel(name: string | undefined): string {
	return name === undefined ? "" : `, on branch ${name}`;
}
