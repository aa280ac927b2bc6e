import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import type { RunState } from "@/server/runs/state";
import { stepKey } from "@/server/runs/state";
import type { TimelineBar, TimelineRow } from "../../timeline/timeline-row";
import { timelineRows } from "../../timeline/timeline-rows";
import { escapeHtml } from "./escape-html";

/** Rows of the timeline of one film. */
export const MAX_ROWS = 1_000;

interface FilmClock {
	/** When the run began, in ms since the epoch. */
	zero: number;
	/** How long the film is, in ms. */
	length: number;
}

/** The timeline as a list, each row a button that shows its step once the script listens; and how many rows had no room. */
export function filmTimeline(
	drawing: StillDrawing,
	state: RunState,
	clock: FilmClock,
): { html: string; missing: number } {
	const rows = timelineRows(drawing.graph, state, { hideInstant: false, toggled: new Set() });
	const shown = rows.slice(0, MAX_ROWS);
	return { html: shown.map((row) => timelineRow(row, clock)).join(""), missing: rows.length - shown.length };
}

function timelineRow(row: TimelineRow, clock: FilmClock): string {
	const key = row.key.endsWith("/") ? stepKey(row.nodeId, "") : row.key;
	return [
		`<li><button type="button" disabled data-row="${escapeHtml(key)}">`,
		`<span class="name depth-${Math.min(row.depth, 6)}"><bdi>${escapeHtml(row.name)}</bdi></span>`,
		`<svg class="bars" aria-hidden="true">${row.bars.map((bar) => barRect(bar, clock)).join("")}</svg>`,
		`<span class="span">${escapeHtml(row.short ?? row.label ?? "")}</span>`,
		"</button></li>",
	].join("");
}

function barRect({ kind, look, from, to }: TimelineBar, { zero, length }: FilmClock): string {
	const percent = (ms: number) => `${Math.round((Math.max(0, ms) / Math.max(1, length)) * 10_000) / 100}%`;
	const end = to ?? zero + length;
	const [y, height] = kind === "line" ? [13, 3] : [9, 11];
	return `<rect class="bar ${kind}" data-state="${look}" x="${percent(from - zero)}" width="${percent(end - from)}" y="${y}" height="${height}" rx="2"/>`;
}
