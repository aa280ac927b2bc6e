import { slugify } from "../slugify";
import type { JsonObject } from "../values/json";
import type { PlacedStage } from "./place-stages";
import { type StageNames, translateText } from "./stage-text";

/** A prompt of the library, as far as stages can name it. */
export interface LibraryPrompt {
	name: string;
	variables: readonly string[];
}

export type WrittenPrompt = { prompt: string } | { promptName: string; variables: JsonObject };

export interface PromptParts {
	placed: PlacedStage;
	names: StageNames;
	/** What it is told beside its prompt: what was said before it, as a template. */
	context: string;
	/** Undefined where it is not known. */
	library: readonly LibraryPrompt[] | undefined;
	note(key: string, message: string): void;
}

/** What a stage is to do: a prompt of the library by its file’s name, its own text, or the task of the whole. */
export function writePrompt({ placed, names, context, library, note }: PromptParts): WrittenPrompt {
	const { name, config } = placed.stage;
	const written = config.prompt?.trim() ?? "";
	const file = fileIn(written);
	const known = file === undefined ? undefined : library?.find((prompt) => prompt.name === nameOfFile(file));
	if (known) {
		const variables = known.variables.map((variable) => [variable, `{{ ${names.inputOf([variable])} }}`] as const);
		return { promptName: known.name, variables: Object.fromEntries(variables) };
	}
	if (file !== undefined) {
		const wanted = nameOfFile(file);
		const next = library
			? `There is none called “${wanted}”: import it under Prompts, and choose it.`
			: `If there is one called “${wanted}”, choose it.`;
		note("prompt", `The step is told to follow the file, and uses no prompt of the library. ${next}`);
		return { prompt: `${translateText(`Do what the file ${file} says.`, names)}${context}` };
	}
	if (written !== "") {
		const isTold = /\$\{\s*(?:stages|nodes|steps)\./.test(written);
		return { prompt: translateText(written, names) + (isTold ? "" : context) };
	}
	note("prompt", "There is no prompt: the step is told its stage and the input “task”.");
	const task = names.inputOf(["task"]);
	return { prompt: `{{ ${task} }}\n\n${translateText(`Do the stage “${name}” of this.`, names)}${context}` };
}

/** `prompts/plan.md`, `@prompts/plan.md` or `file:prompts/plan.md`. */
function fileIn(prompt: string): string | undefined {
	return /^(?:@|file:)?([^\s{}$]{1,200}\.(?:md|markdown|txt|prompt))$/.exec(prompt)?.[1];
}

function nameOfFile(file: string): string {
	return slugify((file.split("/").at(-1) ?? file).replace(/\.\w+$/, ""), "prompt");
}
