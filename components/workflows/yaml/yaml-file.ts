import { mayHoldStages } from "@/server/plan/stages/stage-outline";
import { isHtml, readFilmFile } from "./read-film-file";

/** What the server takes; more is refused here, before it is read. */
export const MAX_YAML_BYTES = 2_000_000;

/** The film of a run holds its workflow beside all that it did. */
const MAX_FILM_BYTES = 32_000_000;

/**
 * Reads a dropped or chosen file as text: a workflow's, or the film of a run with a workflow in it. Throws an `Error` with a
 * sentence for people when it cannot be either.
 */
export async function readYamlFile(file: File): Promise<string> {
	const isFilm = /\.html?$/i.test(file.name) && file.size <= MAX_FILM_BYTES;
	const whole = file.size > MAX_YAML_BYTES && !isFilm ? undefined : await file.text();
	const text = whole !== undefined && isHtml(whole) ? readFilmFile(whole) : whole;
	if (text === undefined || text.length > MAX_YAML_BYTES) {
		throw new Error(`${file.name} is larger than 2 MB, which no workflow is. Choose another file.`);
	}
	if (text.includes("\u0000")) throw new Error(`${file.name} is not a text file. Choose a .workflow.yml file.`);
	if (text.trim() === "") throw new Error(`${file.name} is empty. Choose a .workflow.yml file.`);
	return text;
}

/** Whether a pasted text is meant as a workflow: it names its steps, or stages, at the start of a line. */
export function looksLikeWorkflow(text: string): boolean {
	return /^(nodes|steps)\s*:/m.test(text) || mayHoldStages(text);
}
