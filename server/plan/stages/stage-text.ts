import { shorten } from "../values/text-problem";

/** What a text of a stage may name, and where that is here. */
export interface StageNames {
	/** The input that holds a variable; makes one where there is none. */
	inputOf(path: readonly string[]): string;
	/** What the steps of a stage have said, or a field of their result; undefined where that cannot be read from there. */
	outputOf(stage: string, field: readonly string[]): readonly string[] | undefined;
	/** The number of the round, from 0; undefined outside the loop. */
	round: string | undefined;
	/** Told once for each text that stays as it is. */
	leave(written: string): void;
}

/**
 * A text with `${vars.x}` in it as a template: references to inputs and steps in their place, and braces of its own kept from
 * being read as references.
 */
export function translateText(text: string, names: StageNames): string {
	let result = "";
	let from = 0;
	for (const { 0: written, 1: path = "", index } of text.matchAll(/\$\{([^{}]*)\}/g)) {
		result += keepBraces(text.slice(from, index));
		from = index + written.length;
		const references = referencesOf(path.trim(), names);
		if (references === undefined) names.leave(shorten(written));
		result += references?.map((reference) => `{{ ${reference} }}`).join("\n\n") ?? written;
	}
	return result + keepBraces(text.slice(from));
}

/** Text of the file that is read as it stands, and not as a template. */
export function keepBraces(text: string): string {
	return text.replaceAll("{{", "\\{{");
}

/** What stands in `${…}`; any other text as it is. */
export function unwrap(text: string): string {
	return text.startsWith("${") && text.endsWith("}") ? text.slice(2, -1).trim() : text;
}

const PATH = /^[A-Za-z_][\w-]*(?:\.[\w-]+)*$/;

function referencesOf(written: string, names: StageNames): readonly string[] | undefined {
	if (!PATH.test(written)) return undefined;
	const [root = "", ...path] = written.split(".");
	if (root === "vars") return path.length > 0 ? [names.inputOf(path)] : undefined;
	if (root === "iteration" || root === "iter")
		return path.length === 0 && names.round !== undefined ? [names.round] : undefined;
	const [stage, ...field] = path;
	if ((root === "stages" || root === "nodes" || root === "steps") && stage !== undefined)
		return names.outputOf(stage, fieldOf(field));
	return undefined;
}

/** `output`, `result` and `text` are the whole of what a stage has said. */
export function fieldOf(path: readonly string[]): readonly string[] {
	const [first, ...rest] = path;
	return first === "output" || first === "outputs" || first === "result" || (first === "text" && rest.length === 0)
		? rest
		: path;
}
