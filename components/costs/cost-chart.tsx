"use client";

import { groupBy } from "@/server/plan/values/group-by";
import { cn } from "../ui/class-names";
import { formatCost, formatCount } from "../ui/format/format-number";
import { Segmented } from "../ui/forms/segmented";
import { type CostMetric, type Costs, type CostView, formatDay, nameRow } from "./cost-view";

/** By rank; 0 is all that has no colour of its own. */
const COLOURS = [
	"bg-line-strong",
	"bg-accent",
	"bg-(--cat-ai)",
	"bg-(--cat-code)",
	"bg-(--cat-notify)",
	"bg-(--cat-people)",
];
/** Beyond so many days, the bars touch. */
const MOST_APART = 62;

const METRICS = [
	{ value: "cost", label: "Cost" },
	{ value: "tokens", label: "Tokens" },
] as const;

interface CostChartProps {
	costs: Costs;
	view: CostView;
	/** Nothing has cost anything: only tokens can be shown. */
	isFree: boolean;
	onChange: (view: CostView) => void;
}

/** A bar for each day. What it shows stands in the table, too. */
export function CostChart({ costs, view, isFree, onChange }: CostChartProps) {
	const { metric } = view;
	const bars = barsOf(costs, metric);
	const most = Math.max(...bars.map(({ sum }) => sum));
	const top = roundUp(most);
	const format = metric === "cost" ? formatCost : formatCount;
	const [first = "", last = ""] = [costs.days[0], costs.days.at(-1)];
	return (
		<section aria-label="By day" className="rounded-3 border border-line bg-panel px-4 py-3">
			<header className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
				<h2 className="text-13">{metric === "cost" ? "Cost by day" : "Tokens by day"}</h2>
				{view.by !== "day" && <Legend costs={costs} view={view} />}
				{!isFree && (
					<Segmented
						aria-label="Shown as"
						className="ml-auto"
						value={metric}
						options={METRICS}
						onChange={(chosen) => onChange({ ...view, metric: chosen })}
					/>
				)}
			</header>
			<div
				role="img"
				aria-label={`${metric === "cost" ? "Cost" : "Tokens"} by day, ${formatDay(first)} to ${formatDay(last)}, at most ${format(most)} a day. Group the table by day to read it.`}
				className="flex gap-2"
			>
				<div className="flex h-40 w-16 flex-none flex-col justify-between text-right text-11 text-ink-3 tabular-nums phone:w-12">
					<span>{format(top)}</span>
					<span>{format(top / 2)}</span>
					<span>{format(0)}</span>
				</div>
				<div className="min-w-0 flex-1">
					<div
						className={cn(
							"flex h-40 items-end border-line border-b bg-[linear-gradient(var(--line-soft)_1px,transparent_1px)] bg-size-[100%_50%]",
							bars.length <= MOST_APART && "gap-0.5",
						)}
					>
						{bars.map(({ day, sum, parts }) => (
							<div
								key={day}
								title={`${formatDay(day)}: ${format(sum)}`}
								className="flex h-full min-w-0 flex-1 flex-col justify-end hover:bg-fill"
							>
								{parts.map(({ rank, value }) => (
									<div key={rank} className={COLOURS[rank]} style={{ height: `${(value / top) * 100}%` }} />
								))}
							</div>
						))}
					</div>
					<div className="mt-1 flex justify-between text-11 text-ink-3">
						<span>{formatDay(first)}</span>
						{last !== first && <span>{formatDay(last)}</span>}
					</div>
				</div>
			</div>
		</section>
	);
}

function Legend({ costs: { rows, cells }, view }: { costs: Costs; view: CostView }) {
	const apart = rows.filter(({ rank }) => rank < COLOURS.length);
	return (
		<ul className="flex min-w-0 flex-wrap gap-x-3 gap-y-1 text-12 text-ink-2">
			{apart.map((row) => (
				<LegendItem key={row.key} rank={row.rank} name={nameRow(view.by, row).name} />
			))}
			{cells.some(({ rank }) => rank === 0) && <LegendItem rank={0} name="All others" />}
		</ul>
	);
}

function LegendItem({ rank, name }: { rank: number; name: string }) {
	return (
		<li className="flex min-w-0 items-center gap-1.5">
			<span aria-hidden="true" className={cn("size-2.5 flex-none rounded-[2px]", COLOURS[rank])} />
			<span className="max-w-40 truncate">{name}</span>
		</li>
	);
}

interface Bar {
	day: string;
	sum: number;
	/** From the top down. */
	parts: { rank: number; value: number }[];
}

function barsOf({ days, cells }: Costs, metric: CostMetric): Bar[] {
	const byDay = groupBy(cells, ({ day }) => day);
	return days.map((day) => {
		const parts = (byDay.get(day) ?? []).map((cell) => ({
			rank: cell.rank,
			value: metric === "cost" ? cell.costUsd : cell.tokens,
		}));
		return { day, parts, sum: parts.reduce((sum, { value }) => sum + value, 0) };
	});
}

/** To a number that its half is short of, too. */
function roundUp(value: number): number {
	if (value <= 0) return 1;
	const power = 10 ** Math.floor(Math.log10(value));
	return ([1, 2, 3, 4, 5, 6, 8, 10].find((step) => value <= step * power) ?? 10) * power;
}
