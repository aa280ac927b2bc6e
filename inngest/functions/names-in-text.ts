/** The ids of the steps that a config names, as JSON text. */
export function stepsNamedIn(text: string): string[] {
	return namesAfter(text, "steps");
}

export function secretsNamedIn(text: string): string[] {
	return namesAfter(text, "secrets");
}

/** Names after a root, found without parsing: one too many costs a look-up, and one that is not there stays unknown. */
export function namesAfter(text: string, root: string): string[] {
	const pattern = new RegExp(`\\b${root}\\s*(?:\\.\\s*\\[?|\\[\\s*\\\\?["'])([A-Za-z_][A-Za-z0-9_]*)`, "g");
	return [...new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
}
