import type { CSSProperties } from "react";
import type { ConnectorTone, PhoneRow } from "./phone-rows";

const TONES = {
	done: "var(--completed)",
	running: dashes("var(--running)"),
	waiting: dashes("var(--waiting)"),
	failed: "var(--failed)",
	open: "var(--line-strong)",
	none: "transparent",
} satisfies Record<ConnectorTone, string>;

const ELBOWS = {
	done: "var(--completed)",
	running: "var(--running)",
	waiting: "var(--waiting)",
	failed: "var(--failed)",
	open: "var(--line-strong)",
	none: "transparent",
} satisfies Record<ConnectorTone, string>;

function dashes(colour: string): string {
	return `repeating-linear-gradient(${colour} 0 6px, transparent 6px 12px)`;
}

/** A row moves in by this for each container around it. */
const STEP_IN = 24;

/** Where a badge's middle is, by its depth. */
function middleAt(depth: number): number {
	return 11 + depth * STEP_IN;
}

/** How far a row's content stands from the trunk. */
export function indentOf({ depth }: Pick<PhoneRow, "depth">): CSSProperties {
	return { paddingLeft: depth * STEP_IN };
}

/** Beside the trunk it leaves a line that is there; further in it begins at the badge above. */
function elbowAt(depth: number): CSSProperties {
	const top = depth === 1 ? 8 : -10;
	return { left: middleAt(depth - 1), top, height: 23 - top };
}

interface PhoneConnectorsProps {
	row: Pick<PhoneRow, "kind" | "depth" | "chained" | "passing" | "up" | "down" | "elbow">;
	/** Nothing stands above it. */
	first: boolean;
}

/** The pieces of the line beside a row. The badge's middle is 22 below the row's top. */
export function PhoneConnectors({ row, first }: PhoneConnectorsProps) {
	const piece = (tone: ConnectorTone, rest: CSSProperties): CSSProperties => ({ background: TONES[tone], ...rest });
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
			{row.passing.map(({ depth, tone }) => (
				<i key={depth} className={line} style={piece(tone, { left: middleAt(depth), top: -22, bottom: 0 })} />
			))}
			{row.chained ? (
				<i className={line} style={piece(row.elbow, { left: middleAt(row.depth), top: -22, height: 34 })} />
			) : (
				<i
					className="absolute w-4 rounded-bl-[8px] border-0 border-b-2 border-l-2"
					style={{ ...elbowAt(row.depth), borderColor: ELBOWS[row.elbow] }}
				/>
			)}
		</>
	);
}
