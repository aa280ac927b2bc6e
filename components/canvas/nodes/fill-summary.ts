/** On a run the item of the iteration stands where the summary refers to it: `./deploy.sh {{item}}`. */
export function fillSummary(summary: string, item: string | undefined): string {
	return item === undefined ? summary : summary.replace(/\{\{\s*item\s*\}\}/g, () => item);
}
