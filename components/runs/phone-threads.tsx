import type { CSSProperties } from "react";
import type { PhoneRow, ThreadTone } from "./phone-rows";

const TONES = {
	done: "var(--completed)",
	running: dashes("var(--running)"),
	waiting: dashes("var(--waiting)"),
	failed: "var(--failed)",
	open: "var(--line-strong)",
	none: "transparent",
} satisfies Record<ThreadTone, string>;

const ELBOWS = {
	done: "var(--completed)",
	running: "var(--running)",
	waiting: "var(--waiting)",
	failed: "var(--failed)",
	open: "var(--line-strong)",
	none: "transparent",
} satisfies Record<ThreadTone, string>;

function dashes(colour: string): string {
	return `repeating-linear-gradient(${colour} 0 6px, transparent 6px 12px)`;
}

interface PhoneThreadsProps {
	row: Pick<PhoneRow, "kind" | "chained" | "up" | "down" | "elbow">;
	/** Nothing stands above it. */
	first: boolean;
}

/** The pieces of the thread beside a row. The bead's middle is 22 below the row's top. */
export function PhoneThreads({ row, first }: PhoneThreadsProps) {
	const piece = (tone: ThreadTone, rest: CSSProperties): CSSProperties => ({ background: TONES[tone], ...rest });
	const line = "absolute w-0.5";
	if (row.kind === "main") {
		return (
			<>
				<i className={line} style={piece(row.up, { left: 11, top: 0, height: 22 })} />
				<i className={line} style={piece(row.down, { left: 11, top: 22, bottom: 0 })} />
			</>
		);
	}
	return (
		<>
			<i className={line} style={piece(row.up, { left: 11, top: first ? 8 : 0, bottom: 0 })} />
			{row.chained ? (
				<i className={line} style={piece(row.elbow, { left: 35, top: -22, height: 34 })} />
			) : (
				<i
					className="absolute top-2 left-[11px] h-[15px] w-4 rounded-bl-[8px] border-0 border-b-2 border-l-2"
					style={{ borderColor: ELBOWS[row.elbow] }}
				/>
			)}
		</>
	);
}
