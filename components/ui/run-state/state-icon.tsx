import type { ReactNode } from "react";
import { cn } from "../class-names";
import { RUN_LOOK_LABELS, type RunLook } from "./run-look";

const RUNNING = (
	<>
		<circle cx="12" cy="12" r="9.5" fill="var(--disc)" strokeOpacity=".26" />
		<path d="M12 2.5a9.5 9.5 0 0 1 8.9 12.8" strokeWidth="3" />
	</>
);

const disc = (glyph: string) => (
	<>
		<circle cx="12" cy="12" r="10" fill="var(--disc)" />
		<path d={glyph} stroke="var(--glyph)" strokeWidth="2.6" />
	</>
);

const SHAPES = {
	queued: (
		<path d="M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7" />
	),
	running: RUNNING,
	waiting: (
		<>
			<circle cx="12" cy="12" r="10" fill="var(--disc)" />
			<path d="M17.9 19.4a6 6 0 0 0-11.8 0" />
			<circle cx="12" cy="10" r="3.5" />
		</>
	),
	retrying: <path d="M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5" />,
	paused: (
		<>
			<circle cx="12" cy="12" r="10" fill="var(--disc)" />
			<path d="M10 15V9M14 15V9" />
		</>
	),
	completed: disc("m8 12.2 2.8 2.8 5.2-5.6"),
	failed: disc("m15.2 8.8-6.4 6.4M8.8 8.8l6.4 6.4"),
	skipped: <path d="m6 17 5-5-5-5M13 17l5-5-5-5" />,
	cancelled: disc("m8.2 15.8 7.6-7.6"),
	"timed-out": disc("M12 6.5V12l3.6 2.2"),
} satisfies Record<RunLook, ReactNode>;

interface StateIconProps {
	state: RunLook;
	/** Spoken instead of the state's name; an empty string hides the icon when its words stand beside it. */
	label?: string;
	/** 16 px by default: 14 on badges and in the timeline, 20 in the phone's list. */
	className?: string;
}

/** A state has its own shape as well as its colour. */
export function StateIcon({ state, label = RUN_LOOK_LABELS[state], className }: StateIconProps) {
	return (
		<svg
			role={label ? "img" : undefined}
			aria-label={label || undefined}
			aria-hidden={label === "" || undefined}
			data-state={state}
			viewBox="0 0 24 24"
			className={cn(
				"block size-4 flex-none fill-none stroke-(--c) stroke-[2.25]",
				state === "running" && "animate-turn",
				className,
			)}
			strokeLinecap="round"
			strokeLinejoin="round"
		>
			{SHAPES[state]}
		</svg>
	);
}

/** The turning arc of a control that is busy. */
export function Spinner({ className }: { className?: string }) {
	return <StateIcon state="running" label="" className={className} />;
}

interface StatusPillProps {
	state: RunLook;
	/** The state's name by default. */
	children?: ReactNode;
	className?: string;
}

export function StatusPill({ state, children, className }: StatusPillProps) {
	return (
		<span
			data-state={state}
			className={cn(
				"inline-flex h-[22px] items-center gap-1.5 whitespace-nowrap rounded-[11px] bg-(--cs) pr-[9px] pl-[5px] font-medium text-(--c) text-12",
				className,
			)}
		>
			<StateIcon state={state} label="" className="size-3.5" />
			{children ?? RUN_LOOK_LABELS[state]}
		</span>
	);
}
