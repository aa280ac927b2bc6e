const ENTITIES: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** A text as HTML or SVG shows it, between tags and in quoted attributes. Characters that no document may hold go. */
export function escapeHtml(text: string): string {
	return (
		text
			.toWellFormed()
			// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
			.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
	);
}

/** JSON that may stand in a `script` of a page: nothing in it ends the element, begins a comment, or ends a line of script. */
export function jsonInHtml(value: unknown): string {
	const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
	return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, code);
}
