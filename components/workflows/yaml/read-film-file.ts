/** The element of a run's film that holds its workflow, as JSON: `{"yaml": "…"}`, or null where it is not shown. */
export const WORKFLOW_DATA_ID = "weft-workflow";

export function isHtml(text: string): boolean {
	return /^\s*<!doctype html/i.test(text);
}

/** The workflow in the file of a run's film. Throws an `Error` with a sentence for people when there is none. */
export function readFilmFile(html: string): string {
	const begin = `<script type="application/json" id="${WORKFLOW_DATA_ID}">`;
	const from = html.lastIndexOf(begin);
	if (from === -1) throw new Error("This page is no film of a run. Choose a .workflow.yml file, or a film.");
	const data = html.slice(from + begin.length, html.indexOf("</script>", from));
	const yaml = yamlIn(data);
	if (yaml === undefined) throw new Error("The workflow in this film cannot be read. Download the film again.");
	if (yaml !== null) return yaml;
	throw new Error("This film shows no settings of steps, so there is nothing to import. Ask for one that does.");
}

function yamlIn(data: string): string | null | undefined {
	try {
		const read: unknown = JSON.parse(data);
		if (typeof read !== "object" || read === null || !("yaml" in read)) return undefined;
		return typeof read.yaml === "string" || read.yaml === null ? read.yaml : undefined;
	} catch {
		return undefined;
	}
}
