/** What the server takes; more is refused here, before it is read. */
export const MAX_YAML_BYTES = 2_000_000;

/** Reads a dropped or chosen file as text. Throws an `Error` with a sentence for people when it cannot be a workflow. */
export async function readYamlFile(file: File): Promise<string> {
	if (file.size > MAX_YAML_BYTES) {
		throw new Error(`${file.name} is larger than 2 MB, which no workflow is. Choose another file.`);
	}
	const text = await file.text();
	if (text.includes("\u0000")) throw new Error(`${file.name} is not a text file. Choose a .workflow.yml file.`);
	if (text.trim() === "") throw new Error(`${file.name} is empty. Choose a .workflow.yml file.`);
	return text;
}

/** Whether a pasted text is meant as a workflow: it names its steps at the start of a line. */
export function looksLikeWorkflow(text: string): boolean {
	return /^(nodes|steps)\s*:/m.test(text);
}
