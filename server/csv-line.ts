/** RFC 4180. A spreadsheet would compute a cell that begins like a formula, so an apostrophe stands before it. */
export function csvLine(cells: readonly string[]): string {
	const quoted = cells.map(
		(cell) => `"${(/^\s*[=+\-@]|^[\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`,
	);
	return `${quoted.join(",")}\r\n`;
}
