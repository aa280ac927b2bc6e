"use client";

import { Download } from "lucide-react";
import Link from "next/link";
import { useViewer } from "../shell/viewer-context";
import { Button } from "../ui/button";
import { formatCost, formatCount } from "../ui/format/format-number";
import { Segmented } from "../ui/forms/segmented";
import { useIsPhone } from "../ui/hooks/use-is-phone";
import { Cell, HeadCell, Row, Table } from "../ui/table";
import { allTokens, type CostRow, type Costs, type CostView, nameRow, pathOfRow } from "./cost-view";

const GROUPS = [
	{ value: "day", label: "Day" },
	{ value: "workflow", label: "Workflow" },
	{ value: "model", label: "Model" },
	{ value: "step", label: "Step" },
	{ value: "run", label: "Run" },
] as const;

interface CostTableProps {
	costs: Costs;
	view: CostView;
	/** Where the calls are downloaded. */
	csv: string;
	onChange: (view: CostView) => void;
}

/** The costs in rows, the dearest first, or by day. */
export function CostTable({ costs, view, csv, onChange }: CostTableProps) {
	const rows = view.by === "day" ? costs.rows.toSorted((a, b) => (b.day ?? "").localeCompare(a.day ?? "")) : costs.rows;
	const left = costs.groups - rows.length;
	return (
		<section aria-label="Table of costs" className="min-w-0">
			<div className="mb-2 flex flex-wrap items-center gap-2">
				<div className="max-w-full overflow-x-auto">
					<Segmented
						aria-label="Grouped by"
						value={view.by}
						options={GROUPS}
						onChange={(by) => onChange({ ...view, by })}
					/>
				</div>
				<Button asChild className="ml-auto">
					<a href={csv} download>
						<Download />
						Download all calls as CSV
					</a>
				</Button>
			</div>
			<div className="overflow-hidden rounded-3 border border-line bg-panel">
				<Rows rows={rows} view={view} />
			</div>
			{left > 0 && (
				<p className="mt-2 text-12 text-ink-3">
					And {formatCount(left)} more, which cost less. The download has them all.
				</p>
			)}
		</section>
	);
}

function Rows({ rows, view }: { rows: readonly CostRow[]; view: CostView }) {
	const isPhone = useIsPhone();
	const title = GROUPS.find(({ value }) => value === view.by)?.label;
	return (
		<Table aria-label="Costs">
			<thead>
				<tr>
					<HeadCell>{title}</HeadCell>
					{!isPhone && (
						<>
							<HeadCell numeric className="w-20">
								Calls
							</HeadCell>
							<HeadCell numeric className="w-28">
								Input
							</HeadCell>
							<HeadCell numeric className="w-28">
								From cache
							</HeadCell>
							<HeadCell numeric className="w-28">
								To cache
							</HeadCell>
							<HeadCell numeric className="w-28">
								Output
							</HeadCell>
							<HeadCell numeric className="w-28">
								Thinking
							</HeadCell>
						</>
					)}
					{isPhone && (
						<HeadCell numeric className="w-24">
							Tokens
						</HeadCell>
					)}
					<HeadCell numeric className="w-32 phone:w-26">
						Cost
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<Row key={row.key}>
						<Cell>
							<RowName row={row} view={view} />
						</Cell>
						{isPhone ? (
							<Cell numeric>{formatCount(allTokens(row))}</Cell>
						) : (
							<>
								<Cell numeric>{formatCount(row.calls)}</Cell>
								<Cell numeric>{formatCount(row.inputTokens)}</Cell>
								<Cell numeric>{formatCount(row.cacheReadTokens)}</Cell>
								<Cell numeric>{formatCount(row.cacheWriteTokens)}</Cell>
								<Cell numeric>{formatCount(row.outputTokens)}</Cell>
								<Cell numeric>{formatCount(row.reasoningTokens)}</Cell>
							</>
						)}
						<Cell numeric title={explainCost(row)}>
							{describeCost(row)}
						</Cell>
					</Row>
				))}
			</tbody>
		</Table>
	);
}

function RowName({ row, view }: { row: CostRow; view: CostView }) {
	const { team } = useViewer();
	const { name, note } = nameRow(view.by, row);
	const path = pathOfRow(team.slug, view.by, row);
	return (
		<span title={note === "" ? name : `${name}, ${note}`}>
			{path === undefined ? (
				name
			) : (
				<Link href={path} className="font-medium hover:underline">
					{name}
				</Link>
			)}
			{note !== "" && <span className="text-12 text-ink-3"> {note}</span>}
		</span>
	);
}

/** With “about” where a part of it is estimated. */
function describeCost({ costUsd, estimatedUsd, notionalUsd }: CostRow): string {
	if (costUsd === 0 && notionalUsd > 0) return "subscription";
	return `${estimatedUsd > 0 ? "about " : ""}${formatCost(costUsd)}`;
}

function explainCost({ estimatedUsd, notionalUsd }: CostRow): string | undefined {
	const parts = [
		...(estimatedUsd > 0 ? [`${formatCost(estimatedUsd)} of it is estimated`] : []),
		...(notionalUsd > 0 ? [`${formatCost(notionalUsd)} more at list prices, paid by a subscription`] : []),
	];
	return parts.length === 0 ? undefined : parts.join("; ");
}
