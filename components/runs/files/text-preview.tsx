import { parse } from "csv-parse/browser/esm/sync";
import { JsonTree } from "@/components/json/json-tree";
import type { Json } from "@/server/plan/values/json";
import type { RunFile } from "../run-reader";
import { MarkdownPreview } from "./markdown-preview";
import { readTests } from "./read-tests";
import { TestTable } from "./test-table";

interface TextPreviewProps {
	file: Pick<RunFile, "name" | "type">;
	text: string;
	/** It is the beginning of a longer one. */
	isCut: boolean;
}

/** A text as what it is: JSON as a tree, rows as a table, tests as their results, Markdown as a page; else as it is. */
export function TextPreview({ file, text, isCut }: TextPreviewProps) {
	if (file.type === "text/markdown") return <MarkdownPreview text={text} />;
	if (/json$/.test(file.type) && !isCut) {
		const value = readJson(text);
		if (value !== undefined) return <JsonTree value={value} />;
	}
	if (/^text\/(csv|tab-separated-values)$/.test(file.type)) {
		const rows = readRows(text, file.type === "text/csv" ? "," : "\t");
		if (rows !== undefined) return <RowsPreview rows={isCut ? rows.slice(0, -1) : rows} />;
	}
	if (/xml$/.test(file.type) && !isCut) {
		const tests = readTests(text);
		if (tests !== undefined) return <TestTable tests={tests} />;
	}
	return (
		<pre className="max-h-[60dvh] overflow-auto rounded-2 border border-line bg-sunken px-3 py-2 font-mono text-[12px] leading-[18px]">
			{text}
		</pre>
	);
}

function readJson(text: string): Json | undefined {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const MAX_ROWS = 500;
const MAX_COLUMNS = 50;

function readRows(text: string, delimiter: string): string[][] | undefined {
	try {
		const rows: string[][] = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, to: MAX_ROWS });
		return rows.map((row) => row.slice(0, MAX_COLUMNS));
	} catch {
		return undefined;
	}
}

function RowsPreview({ rows: [head = [], ...rows] }: { rows: readonly (readonly string[])[] }) {
	return (
		<section
			aria-label="Rows"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
			tabIndex={0}
			className="max-h-[60dvh] overflow-auto rounded-2 border border-line"
		>
			<table className="w-full border-collapse text-12">
				<thead className="sticky top-0 bg-panel shadow-[inset_0_-1px_0_var(--line)]">
					<tr>
						{head.map((cell, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity
							<th key={index} scope="col" className="h-8 whitespace-nowrap px-3 text-left font-medium text-ink-2">
								{cell}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity
						<tr key={index} className="border-line-soft border-t">
							{row.map((cell, column) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity
								<td key={column} className="h-7 max-w-80 truncate px-3" title={cell}>
									{cell}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
