import { AUDIT_PHRASES } from "@/server/teams/audit-action";
import { Avatar } from "../ui/avatar";
import { formatMoment } from "../ui/format/format-time";
import { Mark } from "../ui/mark";
import { Cell, HeadCell, Row, Table } from "../ui/table";
import { type AuditEntry, describeChange, targetName } from "./describe-entry";

/** The entries of a page, newest first. Below 1024 px the detail stands under what was done. */
export function AuditTable({ items }: { items: readonly AuditEntry[] }) {
	return (
		<Table>
			<thead className="phone:sr-only">
				<tr className="[&>th]:bg-sunken">
					<HeadCell className="w-[178px] first:pl-4">Time</HeadCell>
					<HeadCell className="w-[150px]">Who</HeadCell>
					<HeadCell>What</HeadCell>
					<HeadCell className="w-[220px] max-lg:hidden">Detail</HeadCell>
				</tr>
			</thead>
			<tbody className="[&>tr:last-child>td]:border-b-0">
				{items.map((entry) => (
					<EntryRow key={entry.id} entry={entry} />
				))}
			</tbody>
		</Table>
	);
}

function EntryRow({ entry }: { entry: AuditEntry }) {
	const { at, actor, action, address } = entry;
	const who = "name" in actor ? actor.name : "Share link";
	const change = describeChange(entry);
	const detail = [change, address && `from ${address}`].filter(Boolean).join(", ");
	return (
		<Row className="hover:bg-transparent phone:grid phone:gap-0.5 phone:border-line-soft phone:border-b phone:py-2 phone:last:border-b-0 phone:[&>td]:h-auto phone:[&>td]:border-b-0 phone:[&>td]:px-4">
			<Cell className="font-mono text-11 text-ink-3 first:pl-4">
				<time dateTime={new Date(at).toISOString()}>{formatMoment(at)}</time>
			</Cell>
			<Cell>
				<span className="flex items-center gap-2" title={who}>
					{actor.kind === "system" ? <Mark className="size-5 flex-none" /> : <Avatar name={who} size="small" />}
					<span className="truncate">{who}</span>
				</span>
			</Cell>
			<Cell className="whitespace-normal py-1.5 text-ink-2 wrap-anywhere">
				{AUDIT_PHRASES[action]} <span className="font-medium text-ink">{targetName(entry)}</span>
				{detail && <span className="block text-12 text-ink-3 lg:hidden">{detail}</span>}
			</Cell>
			<Cell className="text-12 text-ink-3 max-lg:hidden" title={detail}>
				{detail}
			</Cell>
		</Row>
	);
}
