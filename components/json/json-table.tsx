"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/components/ui/format/format-number";
import type { Json } from "@/server/plan/values/json";
import { JsonLeaf } from "./json-leaf";
import { cellOf, columnsOf, isBranch, previewOf } from "./json-rows";

const ROW = 28;

/** A list of objects: a row each, a column for each of their keys. */
export function JsonTable({ rows, onClose }: { rows: readonly Json[]; onClose: () => void }) {
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`${formatCount(rows.length)} rows`}
			className="w-[min(1040px,calc(100vw-48px))]"
		>
			<Grid rows={rows} />
		</Dialog>
	);
}

/** Draws only what is in view. */
function Grid({ rows }: { rows: readonly Json[] }) {
	const columns = useMemo(() => columnsOf(rows), [rows]);
	const box = useRef<HTMLDivElement>(null);
	const list = useVirtualizer({
		count: rows.length,
		getScrollElement: () => box.current,
		estimateSize: () => ROW,
		overscan: 12,
	});
	const items = list.getVirtualItems();
	const above = items[0]?.start ?? 0;
	const below = list.getTotalSize() - (items.at(-1)?.end ?? 0);
	return (
		<section
			ref={box}
			aria-label="Table"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
			tabIndex={0}
			className="h-[min(520px,60dvh)] overflow-auto rounded-2 border border-line"
		>
			<table className="w-full border-collapse font-mono text-11 [font-variant-ligatures:none]">
				<thead className="sticky top-0 z-10 bg-panel shadow-[inset_0_-1px_0_var(--line)]">
					<tr className="h-7">
						<th className="w-12 px-2 text-right font-normal text-ink-3">
							<span className="sr-only">Row</span>
						</th>
						{columns.map((column) => (
							<th key={column} scope="col" className="whitespace-nowrap px-2 text-left font-medium text-ink-2">
								{column}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{above > 0 && <tr style={{ height: above }} />}
					{items.map(({ index }) => (
						<tr key={index} className="h-7 border-line-soft border-b last:border-0 hover:bg-fill">
							<td className="px-2 text-right text-ink-3 tabular-nums">{index}</td>
							{columns.map((column) => (
								<td key={column} className="max-w-80 truncate px-2">
									<TableCell value={cellOf(rows[index], column)} />
								</td>
							))}
						</tr>
					))}
					{below > 0 && <tr style={{ height: below }} />}
				</tbody>
			</table>
		</section>
	);
}

function TableCell({ value }: { value: Json | undefined }) {
	if (value === undefined) return null;
	if (isBranch(value)) return <span className="text-ink-3">{previewOf(value)}</span>;
	return typeof value === "string" ? value : <JsonLeaf value={value} />;
}
