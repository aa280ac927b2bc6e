"use client";

import Link from "next/link";
import { useViewer } from "../shell/viewer-context";
import { cn } from "../ui/class-names";
import { formatDuration, formatMoment } from "../ui/format/format-time";
import { Checkbox } from "../ui/forms/toggles";
import { useIsPhone } from "../ui/hooks/use-is-phone";
import { runLook } from "../ui/run-state/run-look";
import { StateIcon } from "../ui/run-state/state-icon";
import { Cell, HeadCell, Row, Table } from "../ui/table";
import type { Delivery } from "./use-deliveries";
import { VerdictChip } from "./verdict-chip";

interface DeliveryTableProps {
	items: readonly Delivery[];
	/** The id of the one that is open beside it. */
	open: string | undefined;
	chosen: ReadonlySet<string>;
	onChoose: (id: string) => void;
	onOpen: (delivery: Delivery) => void;
}

/** Deliveries in rows, on a phone in two lines each. */
export function DeliveryTable({ items, open, ...rest }: DeliveryTableProps) {
	const isPhone = useIsPhone();
	return (
		<Table aria-label="Deliveries">
			{!isPhone && (
				<thead className="sticky top-0 z-1 bg-page">
					<tr>
						<HeadCell className="w-11">
							<span className="sr-only">Choose</span>
						</HeadCell>
						<HeadCell className="w-44">Time</HeadCell>
						<HeadCell>Event and source</HeadCell>
						{open === undefined && <HeadCell className="w-44">Workflow</HeadCell>}
						<HeadCell className="w-28">Verdict</HeadCell>
						<HeadCell>Run</HeadCell>
						<HeadCell numeric className="w-24">
							Answered
						</HeadCell>
					</tr>
				</thead>
			)}
			<tbody>
				{items.map((item) =>
					isPhone ? (
						<PhoneRow key={item.id} item={item} {...rest} />
					) : (
						<WideRow key={item.id} item={item} open={open} {...rest} />
					),
				)}
			</tbody>
		</Table>
	);
}

interface DeliveryRowProps extends Pick<DeliveryTableProps, "chosen" | "onChoose" | "onOpen"> {
	item: Delivery;
}

/** Beside one that is open there is no room for their workflows. */
function WideRow({ item, open, chosen, onChoose, onOpen }: DeliveryRowProps & Pick<DeliveryTableProps, "open">) {
	const { at, event, from, key, workflow, verdict, latencyMs } = item;
	const isOpen = item.id === open;
	return (
		<Row className={cn(isOpen && "bg-fill")}>
			<Cell>
				<Choose item={item} isChosen={chosen.has(item.id)} onChoose={onChoose} />
			</Cell>
			<Cell className="tabular-nums">
				<button
					type="button"
					className="rounded-1 hover:underline"
					aria-label={`Open the delivery of ${formatMoment(at)}, ${verdict}`}
					aria-pressed={isOpen}
					onClick={() => onOpen(item)}
				>
					<time dateTime={at.toISOString()}>{formatMoment(at)}</time>
				</button>
			</Cell>
			<Cell>
				<span className="font-mono text-11">{event ?? key}</span> <span className="text-12 text-ink-3">{from}</span>
			</Cell>
			{open === undefined && <Cell title={workflow.name}>{workflow.name}</Cell>}
			<Cell>
				<VerdictChip verdict={verdict} />
			</Cell>
			<Cell className="text-12 text-ink-3" title={item.reason ?? undefined}>
				<Outcome item={item} />
			</Cell>
			<Cell numeric className="text-ink-2">
				{latencyMs !== null && formatDuration(latencyMs)}
			</Cell>
		</Row>
	);
}

function PhoneRow({ item, chosen, onChoose, onOpen }: DeliveryRowProps) {
	const { at, event, key, verdict, workflow } = item;
	return (
		<Row>
			<Cell className="h-auto px-4 py-2 first:pl-4 last:pr-4">
				<div className="flex items-start gap-3">
					<Choose item={item} isChosen={chosen.has(item.id)} onChoose={onChoose} />
					<button
						type="button"
						className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-1 text-left"
						aria-label={`Open the delivery of ${formatMoment(at)}, ${verdict}`}
						onClick={() => onOpen(item)}
					>
						<span className="flex items-center gap-2">
							<VerdictChip verdict={verdict} />
							<span className="truncate font-mono text-11">{event ?? key}</span>
							<time dateTime={at.toISOString()} className="ml-auto flex-none text-12 text-ink-3 tabular-nums">
								{formatMoment(at)}
							</time>
						</span>
						<span className="truncate text-12 text-ink-3">
							{workflow.name}
							{item.run ? `, run ${item.run.number}` : item.reason && `: ${item.reason}`}
						</span>
					</button>
				</div>
			</Cell>
		</Row>
	);
}

interface ChooseProps {
	item: Delivery;
	isChosen: boolean;
	onChoose: (id: string) => void;
}

function Choose({ item: { id, at, hasRequest }, isChosen, onChoose }: ChooseProps) {
	if (!hasRequest) return <span className="inline-block size-4 flex-none" />;
	return (
		<Checkbox
			aria-label={`Choose the delivery of ${formatMoment(at)}`}
			className="align-middle phone:mt-0.5"
			checked={isChosen}
			onCheckedChange={() => onChoose(id)}
		/>
	);
}

function Outcome({ item: { run, reason, workflow } }: { item: Delivery }) {
	const { team } = useViewer();
	if (!run) return reason;
	return (
		<Link
			href={`/${team.slug}/workflows/${workflow.slug}/runs/${run.number}`}
			className="inline-flex items-center gap-1.5 font-medium text-ink-2 hover:underline"
		>
			<StateIcon state={runLook(run.status)} label="" className="size-3.5" />
			Run {run.number}
		</Link>
	);
}
