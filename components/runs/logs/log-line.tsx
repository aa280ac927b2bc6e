import { Fragment, memo } from "react";
import { cn } from "@/components/ui/class-names";
import { formatClock } from "@/components/ui/format/format-time";
import type { LogLevel } from "@/server/runs/events";
import { type AnsiSpan, parseAnsi } from "./ansi";
import type { LogMark } from "./log-marks";
import type { LogRow } from "./log-reader";

const LEVEL_CLASSES = {
	stdout: "",
	stderr: "text-retrying",
	debug: "text-ink-3",
	info: "text-running",
	warn: "text-retrying",
	error: "text-failed",
} satisfies Record<LogLevel, string>;

const TONE_CLASSES = {
	red: "text-failed",
	green: "text-completed",
	yellow: "text-retrying",
	blue: "text-running",
	faint: "text-ink-3",
} satisfies Record<NonNullable<AnsiSpan["tone"]>, string>;

type Place = Pick<LogRow, "nodeId" | "iteration">;

interface StepColumn {
	/** In logs of several steps: whose line it is. */
	step?: string | undefined;
	onStep?: ((place: Place) => void) | undefined;
}

function StepName({ place, step, onStep }: StepColumn & { place: Place }) {
	return (
		<button
			type="button"
			tabIndex={-1}
			title={step}
			className="self-start truncate text-left text-ink-3 hover:text-ink hover:underline @max-lg:mr-2 @max-lg:inline-block @max-lg:max-w-36 @max-lg:align-bottom"
			onClick={() => onStep?.(place)}
		>
			{step}
		</button>
	);
}

/** In a narrow log the name stands before the text of its line: a column of its own would leave none for that. */
const WITH_STEP = "grid grid-cols-[62px_140px_minmax(0,1fr)] gap-2.5 px-4 @max-lg:grid-cols-[62px_minmax(0,1fr)]";
const ALONE = "grid grid-cols-[62px_minmax(0,1fr)] gap-2.5 px-4";
const TEXT_COLUMNS = "contents @max-lg:block @max-lg:min-w-0";

const MARK_CLASSES = {
	attempt: "text-running",
	command: "text-ink",
	ended: "text-ink-3",
	failed: "text-failed",
} satisfies Record<LogMark["tone"], string>;

/** Between the lines: the beginning of an attempt, its command, its end. */
export function LogMarkRow({ mark, step, onStep }: { mark: LogMark } & StepColumn) {
	return (
		<div className={step ? WITH_STEP : ALONE}>
			<time className="text-ink-3" dateTime={new Date(mark.at).toISOString()}>
				{formatClock(mark.at)}
			</time>
			<span className={TEXT_COLUMNS}>
				{step && <StepName place={mark} step={step} onStep={onStep} />}
				<span
					className={cn("min-w-0 whitespace-pre-wrap font-medium [overflow-wrap:anywhere]", MARK_CLASSES[mark.tone])}
				>
					{mark.text}
				</span>
			</span>
		</div>
	);
}

interface LogLineRowProps extends StepColumn {
	row: LogRow;
	query?: string;
}

export const LogLineRow = memo(function LogLineRow({ row, query = "", step, onStep }: LogLineRowProps) {
	return (
		<div className={step ? WITH_STEP : ALONE}>
			<time className="text-ink-3" dateTime={new Date(row.at).toISOString()}>
				{formatClock(row.at)}
			</time>
			<span className={TEXT_COLUMNS}>
				{step && <StepName place={row} step={step} onStep={onStep} />}
				<span
					className={cn("min-w-0 whitespace-pre-wrap break-words [overflow-wrap:anywhere]", LEVEL_CLASSES[row.level])}
				>
					{parseAnsi(row.text).map((span, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line have no other name
						<span key={index} className={span.tone && TONE_CLASSES[span.tone]}>
							<Marked text={span.text} query={query.trim()} />
						</span>
					))}
				</span>
			</span>
		</div>
	);
});

function Marked({ text, query }: { text: string; query: string }) {
	if (query === "") return text;
	const parts: { text: string; found: boolean }[] = [];
	const lower = text.toLowerCase();
	let from = 0;
	for (let at = lower.indexOf(query.toLowerCase()); at !== -1; at = lower.indexOf(query.toLowerCase(), from)) {
		parts.push({ text: text.slice(from, at), found: false }, { text: text.slice(at, at + query.length), found: true });
		from = at + query.length;
	}
	parts.push({ text: text.slice(from), found: false });
	return parts.map((part, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line have no other name
		<Fragment key={index}>
			{part.found ? <mark className="bg-transparent font-bold text-accent underline">{part.text}</mark> : part.text}
		</Fragment>
	));
}
