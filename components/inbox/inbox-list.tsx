"use client";

import { Circle, CircleDot } from "lucide-react";
import Link from "next/link";
import type { KeyboardEvent, ReactNode } from "react";
import { useViewer } from "../shell/viewer-context";
import { Chip } from "../ui/chip";
import { cn } from "../ui/class-names";
import { formatDay } from "../ui/format/format-time";
import { useNow } from "../ui/hooks/use-now";
import { IconButton } from "../ui/icon-button";
import { RelativeTime } from "../ui/relative-time";
import { KindIcon } from "./kind-icon";
import type { InboxItem } from "./use-inbox";

interface InboxListProps {
	items: readonly InboxItem[];
	onMark: (item: InboxItem, isRead: boolean) => void;
	/** Called when one was opened. */
	onOpen?: () => void;
}

/** What the viewer was told of, day by day. The arrow keys go from one to the next. */
export function InboxList({ items, onMark, onOpen }: InboxListProps) {
	const now = useNow(60_000);
	const days = groupByDay(items, now);
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: moves the focus between the links inside
		<div onKeyDown={moveFocus}>
			{[...days].map(([day, those]) => (
				<section key={day} aria-label={day}>
					<h2 className="sticky top-0 z-10 border-line-soft border-b bg-sunken px-5 py-1.5 font-medium text-11 text-ink-3 phone:px-4">
						{day}
					</h2>
					<ul>
						{those.map((item) => (
							<InboxRow key={item.id} item={item} onMark={onMark} onOpen={onOpen} />
						))}
					</ul>
				</section>
			))}
		</div>
	);
}

function groupByDay(items: readonly InboxItem[], now: number): Map<string, InboxItem[]> {
	const days = new Map<string, InboxItem[]>();
	for (const item of items) {
		const day = formatDay(item.at, now);
		days.set(day, [...(days.get(day) ?? []), item]);
	}
	return days;
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step === undefined) return;
	const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
	const at = rows.findIndex((row) => row.parentElement?.parentElement?.contains(document.activeElement));
	const next = rows[at + step];
	if (next === undefined) return;
	event.preventDefault();
	next.focus();
}

interface InboxRowProps extends Pick<InboxListProps, "onMark"> {
	item: InboxItem;
	onOpen: (() => void) | undefined;
}

function InboxRow({ item, onMark, onOpen }: InboxRowProps) {
	const { team } = useViewer();
	const { kind, sentence, excerpt, at, isUnread, settled } = item;
	return (
		<li
			className={cn(
				"relative flex items-start gap-3 border-line-soft border-b px-5 py-2.5 hover:bg-fill has-[[data-row]:focus-visible]:bg-fill phone:px-4 phone:py-3",
				isUnread && "bg-accent-soft/40",
			)}
		>
			<KindIcon
				kind={kind}
				className={cn("mt-0.5 size-4 flex-none", isUnread ? (TONES[kind] ?? "text-accent") : "text-ink-3")}
			/>
			<div className="min-w-0 flex-1">
				<Place item={item} onOpen={() => [isUnread && onMark(item, true), onOpen?.()]}>
					{isUnread && <span className="sr-only">Unread: </span>}
					<span className={cn("wrap-anywhere", isUnread ? "font-medium" : "text-ink-2")}>{sentence}</span>
				</Place>
				{excerpt !== null && <p className="line-clamp-2 text-12 text-ink-2 wrap-anywhere">{excerpt}</p>}
				<p className="flex flex-wrap items-center gap-x-1.5 text-12 text-ink-3">
					<RelativeTime at={at} />
					{item.team.slug !== team.slug && <span>· {item.team.name}</span>}
					{settled !== null && <Chip tone="line">{settled}</Chip>}
				</p>
			</div>
			{settled === null && (
				<IconButton
					size="panel"
					className="relative"
					label={isUnread ? "Mark as read" : "Mark as unread"}
					tooltipSide="left"
					onClick={() => onMark(item, isUnread)}
				>
					{isUnread ? <CircleDot className="text-accent" /> : <Circle className="opacity-50" />}
				</IconButton>
			)}
		</li>
	);
}

const TONES: Partial<Record<InboxItem["kind"], string>> = {
	approval: "text-waiting",
	"run-failed": "text-failed",
	"schedule-missed": "text-failed",
};

interface PlaceProps {
	item: InboxItem;
	onOpen: () => void;
	children: ReactNode;
}

/** Leads to what it is about, from the whole row. */
function Place({ item: { path }, onOpen, children }: PlaceProps) {
	const whole = "after:absolute after:inset-0 outline-none";
	if (path === null) return <p>{children}</p>;
	return (
		<Link data-row href={path} onClick={onOpen} className={whole}>
			{children}
		</Link>
	);
}
