import type { ReactNode } from "react";
import { cn } from "../class-names";
import { RUN_LOOK_LABELS, type RunLook } from "./run-look";
import { STATE_SHAPES } from "./state-shapes";

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
			{STATE_SHAPES[state].map(({ d, paint, ...stroke }) => (
				<path
					key={d}
					d={d}
					{...stroke}
					fill={paint === "disc" ? "var(--disc)" : undefined}
					stroke={paint === "glyph" ? "var(--glyph)" : undefined}
				/>
			))}
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
