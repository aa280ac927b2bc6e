/** One line of a file, before a change, after it, or both. */
export interface PatchLine {
	kind: "same" | "added" | "removed";
	text: string;
	/** Its number before and after; undefined where it is not there. */
	before?: number;
	after?: number;
}

export interface PatchHunk {
	/** `@@ -48,6 +48,9 @@ function total()`. */
	head: string;
	lines: PatchLine[];
}

export interface PatchFile {
	path: string;
	/** It has no lines to show. */
	isBinary: boolean;
	hunks: PatchHunk[];
	lineCount: number;
}

/** Reads what `git diff` writes. Lines that it does not know are left out. */
export function readPatch(patch: string): PatchFile[] {
	const files: PatchFile[] = [];
	let file: PatchFile | undefined;
	let hunk: OpenHunk | undefined;
	for (const line of patch.split("\n")) {
		if (hunk !== undefined && file !== undefined && (hunk.before.left > 0 || hunk.after.left > 0)) {
			addLine(file, hunk, line);
			continue;
		}
		const begun = file && beginHunk(line);
		if (line.startsWith("diff --git ")) {
			file = { path: pathInHead(line), isBinary: false, hunks: [], lineCount: 0 };
			files.push(file);
			hunk = undefined;
		} else if (begun && file) {
			hunk = begun;
			file.hunks.push(begun.shown);
		} else if (file) readHead(file, line);
	}
	return files;
}

interface Side {
	/** The number of the next line, and how many are to come. */
	next: number;
	left: number;
}

interface OpenHunk {
	shown: PatchHunk;
	before: Side;
	after: Side;
}

function beginHunk(line: string): OpenHunk | undefined {
	const counts = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
	if (counts === null) return undefined;
	const [, before, beforeCount = "1", after, afterCount = "1"] = counts;
	return {
		shown: { head: line, lines: [] },
		before: { next: Number(before), left: Number(beforeCount) },
		after: { next: Number(after), left: Number(afterCount) },
	};
}

const KINDS: Readonly<Record<string, PatchLine["kind"]>> = { " ": "same", "": "same", "+": "added", "-": "removed" };

function addLine(file: PatchFile, { shown, before, after }: OpenHunk, line: string): void {
	const kind = KINDS[line.charAt(0)];
	// “\ No newline at end of file”.
	if (kind === undefined) return;
	const added: PatchLine = { kind, text: line.slice(1) };
	if (kind !== "added") added.before = take(before);
	if (kind !== "removed") added.after = take(after);
	shown.lines.push(added);
	file.lineCount += 1;
}

function take(side: Side): number {
	side.left -= 1;
	side.next += 1;
	return side.next - 1;
}

function readHead(file: PatchFile, line: string): void {
	if (line.startsWith("Binary files ") || line === "GIT binary patch") file.isBinary = true;
	// A new file has no name before, one that is gone none after.
	const named = /^(?:---|\+\+\+) (?:[ab]\/(.*?)\t?|"[ab]\/(.*)")$/.exec(line);
	const path = named?.[1] ?? (named?.[2] === undefined ? undefined : unquote(named[2]));
	if (path !== undefined) file.path = path;
}

/** Both names are the same: `diff --git a/x b/x`. */
function pathInHead(line: string): string {
	const names = line.slice("diff --git ".length);
	const [, half = names] = /^"?a\/(.*?)"? "?b\/\1"?$/.exec(names) ?? [];
	return unquote(half);
}

/** Git writes quotes, backslashes and control characters as in C. */
function unquote(text: string): string {
	return text.replace(/\\(["\\])/g, "$1");
}
