import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { drawStill } from "@/components/canvas/drawing/draw-still";
import { RUN_LOOK_LABELS } from "@/components/ui/run-state/run-look";
import { WORKFLOW_DATA_ID } from "@/components/workflows/yaml/read-film-file";
import { lookOfRun } from "../../describe-run";
import { escapeHtml, jsonInHtml } from "./escape-html";
import { filmDetails, written } from "./film-details";
import { filmDrawing, stateIcon, stateSymbols } from "./film-drawing";
import { filmFrames } from "./film-frames";
import type { FilmRecord } from "./film-record";
import { FILM_STYLE } from "./film-style";
import { filmTimeline, MAX_ROWS } from "./film-timeline";
import { type FilmData, playFilm } from "./play-film";

const SCRIPT = `(${playFilm.toString()})();`;
const NO_SCRIPT =
	'<noscript><p class="warning">Playing it needs JavaScript: allow it for this file, or open the file in another browser.</p></noscript>';

/**
 * One file that plays a run without a network: its policy lets nothing but its own script and style work. The workflow is in
 * it as data, to be imported.
 * @param rest called between its parts: a server answers others meanwhile
 */
export async function filmPage(record: FilmRecord, rest = nothing): Promise<string> {
	const drawing = drawStill(record.plan);
	const { frames, end } = await filmFrames(drawing, record.events, rest);
	const zero = record.events[0]?.at ?? 0;
	const length = (record.events.at(-1)?.at ?? zero) - zero;
	await rest();
	const timeline = filmTimeline(drawing, end, { zero, length });
	const missing = timeline.missing > 0 ? [`The timeline shows the first ${MAX_ROWS} rows.`] : [];
	const film: FilmData = { length, frames, steps: filmDetails(record, end), looks: RUN_LOOK_LABELS };
	await rest();
	const look = lookOfRun(end);
	const title = `${record.workflow} / ${record.number}`;
	return [
		'<!doctype html><html lang="en"><head><meta charset="utf-8">',
		`<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
		'<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">',
		`<title>${escapeHtml(title)}</title><style>${FILM_STYLE}</style></head><body>`,
		`<svg width="0" height="0" aria-hidden="true" class="symbols">${stateSymbols()}</svg>`,
		`<header><h1><bdi>${escapeHtml(record.workflow)}</bdi> / ${record.number}</h1>`,
		`<span id="status" class="pill" role="status" data-state="${look}">${stateIcon(look)}<span>${RUN_LOOK_LABELS[look]}</span></span>`,
		`<p>A run of <bdi>${escapeHtml(record.team)}</bdi>, recorded on ${new Date(zero).toISOString().slice(0, 10)}. It plays without a network.</p>${NO_SCRIPT}</header>`,
		'<section id="player" aria-label="Film of the run"><button type="button" id="play" disabled>Play</button>',
		`<input type="range" aria-label="Moment of the run" min="0" max="${length}" value="${length}" disabled><span id="clock" aria-hidden="true"></span></section>`,
		`<main id="canvas">${filmDrawing(drawing)}</main>`,
		'<aside id="details" aria-label="Step" aria-live="polite"></aside>',
		`<section id="timeline" aria-label="Timeline">${notices([...record.leftOut, ...missing])}<ol>${timeline.html}</ol>${runValues(record)}</section>`,
		`<script type="application/json" id="film">${jsonInHtml(film)}</script>`,
		`<script type="application/json" id="${WORKFLOW_DATA_ID}">${jsonInHtml({ yaml: record.yaml })}</script>`,
		`<script>${SCRIPT}</script></body></html>`,
	].join("\n");
}

async function nothing(): Promise<void> {}

function policy(): string {
	const allow = (text: string) => `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`;
	return [
		"default-src 'none'",
		`script-src ${allow(SCRIPT)}`,
		`style-src ${allow(FILM_STYLE)}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join("; ");
}

function notices(sentences: readonly string[]): string {
	return sentences.map((sentence) => `<p class="notice">${escapeHtml(sentence)}</p>`).join("");
}

function runValues({ input, output }: FilmRecord): string {
	const values = [
		["Input of the run", written(input)],
		["Output of the run", written(output)],
	] as const;
	return values
		.filter(([, text]) => text !== "")
		.map(([title, text]) => `<div class="notice"><h3>${title}</h3><pre>${escapeHtml(text)}</pre></div>`)
		.join("");
}
