/** Stands for one reference in `ShellTemplate.text`. */
export const REFERENCE_MARK = "\u{E000}";

export interface ShellReference {
	/** What stands between the braces, trimmed: `steps.build.output.tag`. */
	path: string;
	/** Both from 1, in the text as written. */
	line: number;
	column: number;
}

export interface ShellTemplate {
	/** The script with one mark in the place of each reference. */
	text: string;
	/** By index of the mark in `text`: a mark that the author typed is in no entry. */
	references: ReadonlyMap<number, ShellReference>;
}

/** Finds `{{ path }}` in a script. `\{{` is a literal `{{`; an opening without an end is left as it is. */
export function readShellTemplate(source: string): ShellTemplate {
	const references = new Map<number, ShellReference>();
	const lineAt = countLines(source);
	let text = "";
	let at = 0;
	for (let open = source.indexOf("{{"); open >= 0; open = source.indexOf("{{", at)) {
		if (isEscaped(source, open)) {
			text += `${source.slice(at, open - 1)}{{`;
			at = open + 2;
			continue;
		}
		const close = source.indexOf("}}", open + 2);
		if (close < 0) break;
		text += source.slice(at, open);
		references.set(text.length, { path: source.slice(open + 2, close).trim(), ...lineAt(open) });
		text += REFERENCE_MARK;
		at = close + 2;
	}
	return { text: text + source.slice(at), references };
}

/** One backslash makes the braces literal; two or more are the script's own. */
function isEscaped(source: string, open: number): boolean {
	return source[open - 1] === "\\" && source[open - 2] !== "\\";
}

/** Line and column of offsets that are asked for in ascending order. */
function countLines(source: string): (offset: number) => { line: number; column: number } {
	let line = 1;
	let start = 0;
	return (offset) => {
		for (let end = source.indexOf("\n", start); end >= 0 && end < offset; end = source.indexOf("\n", start)) {
			line++;
			start = end + 1;
		}
		return { line, column: offset - start + 1 };
	};
}
