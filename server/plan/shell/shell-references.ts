import type { Placement, ShellPlace } from "./shell-cursor";
import { placeReferences } from "./shell-scanner";
import { readShellTemplate, type ShellReference, type ShellTemplate } from "./shell-template";

export interface UnsafeShellReference extends ShellReference {
	/** Why a value is not safe there and what to do instead, without the place. */
	message: string;
}

/** A script that cannot be run with these references or values. Its message names the first place. */
export class ShellReferenceError extends Error {
	override readonly name = "ShellReferenceError";
	constructor(readonly problems: readonly [UnsafeShellReference, ...UnsafeShellReference[]]) {
		const [{ line, column, path, message }] = problems;
		super(`Line ${line}, column ${column}: {{ ${path} }} cannot be used here. ${message}`);
	}
}

/** How the variable is written so that its value is one word, whatever it holds. */
const EXPANSIONS = {
	bare: (name) => `"\${${name}}"`,
	double: (name) => `\${${name}}`,
	single: (name) => `'"\${${name}}"'`,
	ansi: (name) => `'"\${${name}}"$'`,
	"here-document": (name) => `\${${name}}`,
	comment: undefined,
} satisfies Record<ShellPlace, ((name: string) => string) | undefined>;

/**
 * Replaces each `{{ path }}` of a bash script by an environment variable, quoted for the place it stands in: a
 * value can become neither a command nor a second word nor a pattern. `\{{` is a literal `{{`. The same text always
 * gives the same variables; equal paths share one, and references in comments are dropped.
 *
 * Protects against the shell only: a program that reads its own arguments as code (`sed`, `jq`, SQL) still does.
 * @param textOf the text behind a path; asked once for each path.
 * @throws ShellReferenceError for a place where even a quoted value would be evaluated, and for a value with NUL.
 */
export function replaceShellReferences(
	source: string,
	textOf: (path: string) => string,
): { command: string; env: Record<string, string> } {
	const template = readShellTemplate(source);
	const placements = placeReferences(template);
	const [first, ...others] = findProblems(template, placements);
	if (first !== undefined) throw new ShellReferenceError([first, ...others]);
	const names = nameVariables(template, placements);
	const env: Record<string, string> = {};
	for (const [path, { name, reference }] of names) env[name] = checkValue(reference, textOf(path));
	return { command: writeCommand(template, placements, names), env };
}

/** Every reference that `replaceShellReferences` refuses, in the order of the text. */
export function findUnsafeShellReferences(source: string): UnsafeShellReference[] {
	const template = readShellTemplate(source);
	return findProblems(template, placeReferences(template));
}

type Variables = ReadonlyMap<string, { name: string; reference: ShellReference }>;

function findProblems(template: ShellTemplate, placements: Placement[]): UnsafeShellReference[] {
	return placements.flatMap(({ index, problem }) => {
		const reference = template.references.get(index);
		return reference === undefined || problem === undefined ? [] : [{ ...reference, message: problem }];
	});
}

function nameVariables(template: ShellTemplate, placements: Placement[]): Variables {
	const names = new Map<string, { name: string; reference: ShellReference }>();
	for (const { index, place } of placements) {
		const reference = template.references.get(index);
		if (reference === undefined || place === "comment" || names.has(reference.path)) continue;
		names.set(reference.path, { name: `WEFT_REF_${names.size + 1}`, reference });
	}
	return names;
}

function checkValue(reference: ShellReference, value: string): string {
	if (!value.includes("\0")) return value;
	const message = "Its value holds a NUL character, which no command line can carry. Use a Python step instead.";
	throw new ShellReferenceError([{ ...reference, message }]);
}

function writeCommand(template: ShellTemplate, placements: Placement[], names: Variables): string {
	let command = "";
	let at = 0;
	for (const { index, place } of placements.toSorted((a, b) => a.index - b.index)) {
		const path = template.references.get(index)?.path ?? "";
		const name = names.get(path)?.name ?? "";
		command += template.text.slice(at, index) + (EXPANSIONS[place]?.(name) ?? `{{ ${path} }}`);
		at = index + 1;
	}
	return command + template.text.slice(at);
}
