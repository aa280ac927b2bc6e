import { runInDirectory } from "./run-in-directory";
import type { Job } from "./work";

/** A line of a file and what stands there instead; line 0 is the whole of a new file. */
export interface Edit {
	path: string;
	line: number;
	before: string;
	after: string;
}

/** Swaps that mend what is often wrong: one sign, one bound, one word. */
const SWAPS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
	[/ - /, " + "],
	[/ \+ /, " - "],
	[/ \* /, " / "],
	[/ \/ /, " * "],
	[/<=/, "<"],
	[/>=/, ">"],
	[/<(?![=<])/, "<="],
	[/>(?![=>])/, ">="],
	[/===?/, "!="],
	[/!==?/, "=="],
	[/&&/, "||"],
	[/\|\|/, "&&"],
	[/\band\b/, "or"],
	[/\bor\b/, "and"],
	[/\btrue\b/, "false"],
	[/\bfalse\b/, "true"],
	[/\bTrue\b/, "False"],
	[/\bFalse\b/, "True"],
	[/-eq\b/, "-ne"],
	[/-lt\b/, "-le"],
	[/-gt\b/, "-ge"],
	[/\b0\b/, "1"],
	[/\b1\b/, "0"],
];
const SOURCES = ["*.sh", "*.py", "*.js", "*.mjs", "*.ts", "*.go", "*.rb", "*.rs", "*.c", "*.java"];
const LIST = `find . -type d \\( -name .git -o -name node_modules \\) -prune -o -type f -size -50k \\( ${SOURCES.map((name) => `-name '${name}'`).join(" -o ")} \\) -print | LC_ALL=C sort | head -n 100 | while IFS= read -r file; do printf '%s\\0' "\${file#./}"; cat -- "$file"; printf '\\0'; done`;

/** What could be changed, the files first that the failure names. Tests are left alone. */
export async function findEdits(job: Job, failure: string): Promise<Edit[]> {
	const { stdout } = await runInDirectory(job, { script: LIST });
	const words = stdout.split("\0");
	const files: { path: string; text: string }[] = [];
	for (let at = 0; at + 1 < words.length; at += 2) files.push({ path: words[at] ?? "", text: words[at + 1] ?? "" });
	const sources = files.filter(({ path }) => !/test|spec/i.test(path));
	const isNamed = ({ path }: { path: string }) => failure.includes(path.slice(path.lastIndexOf("/") + 1));
	return [...sources.filter(isNamed), ...sources.filter((file) => !isNamed(file))].flatMap(editsOf);
}

function editsOf({ path, text }: { path: string; text: string }): Edit[] {
	return text.split("\n").flatMap((before, index) => {
		if (/^\s*(?:#|\/\/|\*|$)/.test(before)) return [];
		return SWAPS.flatMap(([pattern, replacement]): Edit[] => {
			const after = before.replace(pattern, replacement);
			return after === before ? [] : [{ path, line: index + 1, before, after }];
		});
	});
}
