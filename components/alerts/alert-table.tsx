import { cn } from "../ui/class-names";
import { formatRelative, formatRoughDuration } from "../ui/format/format-time";
import { useNow } from "../ui/hooks/use-now";
import { Cell, HeadCell, Row, Table } from "../ui/table";
import { type AlertItem, AlertRuns } from "./alert-runs";
import { SeverityMark } from "./severity-mark";

interface AlertTableProps {
	items: readonly AlertItem[];
	/** The firing ones that a silence covers. */
	silenced: ReadonlySet<string>;
	chosen: string | undefined;
	onChoose: (id: string) => void;
}

/** Episodes of alerts with the runs that they have started; a list of two lines each on a phone. */
export function AlertTable(props: AlertTableProps) {
	const now = useNow(10_000);
	return (
		<>
			<div className="phone:hidden">
				<Table>
					<thead>
						<tr>
							<HeadCell className="w-[124px]">Severity</HeadCell>
							<HeadCell>Alert</HeadCell>
							<HeadCell className="w-[110px]">{props.items[0]?.status === "resolved" ? "Resolved" : "Since"}</HeadCell>
							<HeadCell numeric className="w-[80px]">
								Episodes
							</HeadCell>
							<HeadCell className="w-[200px]">Runs it caused</HeadCell>
						</tr>
					</thead>
					<tbody>
						{props.items.map((item) => (
							<AlertRow key={item.id} item={item} now={now} {...props} />
						))}
					</tbody>
				</Table>
			</div>
			<ul aria-label="Alerts" className="hidden phone:block">
				{props.items.map((item) => (
					<PhoneItem key={item.id} item={item} now={now} {...props} />
				))}
			</ul>
		</>
	);
}

interface OneProps extends AlertTableProps {
	item: AlertItem;
	now: number;
}

function AlertRow({ item, now, silenced, chosen, onChoose }: OneProps) {
	const isResolved = item.status === "resolved";
	return (
		<Row className={cn("relative", chosen === item.id && "bg-fill-2 hover:bg-fill-2")}>
			<Cell tall>
				<SeverityMark severity={item.severity} isResolved={isResolved} isSilenced={silenced.has(item.id)} />
			</Cell>
			<Cell tall>
				<button
					type="button"
					aria-pressed={chosen === item.id}
					className="block w-full truncate text-left font-medium after:absolute after:inset-0"
					onClick={() => onChoose(item.id)}
				>
					{item.name}
				</button>
				<span className="block truncate text-12 text-ink-3">{item.summary}</span>
			</Cell>
			<Cell tall className="tabular-nums">
				{whenOf(item, now)}
			</Cell>
			<Cell tall numeric>
				{item.episodes}
			</Cell>
			<Cell tall>
				<AlertRuns runs={item.runs} />
			</Cell>
		</Row>
	);
}

function PhoneItem({ item, now, silenced, onChoose }: OneProps) {
	return (
		<li className="relative grid gap-1 border-line-soft border-b px-4 py-2.5">
			<span className="flex items-center gap-2">
				<SeverityMark
					severity={item.severity}
					isResolved={item.status === "resolved"}
					isSilenced={silenced.has(item.id)}
					className="text-12"
				/>
				<span className="ml-auto text-12 text-ink-3 tabular-nums">{whenOf(item, now)}</span>
			</span>
			<button
				type="button"
				className="truncate text-left font-medium after:absolute after:inset-0"
				onClick={() => onChoose(item.id)}
			>
				{item.name}
			</button>
			{item.summary !== "" && <span className="truncate text-12 text-ink-3">{item.summary}</span>}
			<AlertRuns runs={item.runs} />
		</li>
	);
}

/** For how long it fires, or when it was resolved. */
function whenOf({ startsAt, resolvedAt }: AlertItem, now: number): string {
	if (resolvedAt) return formatRelative(resolvedAt, Math.max(now, resolvedAt.getTime()));
	return formatRoughDuration(Math.max(1_000, now - startsAt.getTime()));
}
