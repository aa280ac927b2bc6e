import type { RunLook } from "./run-look";

/** A path in a box of 24 by 24, stroked in the state's colour. */
interface ShapePart {
	d: string;
	/** `disc` is filled; `glyph` stands on a disc, in the colour of text on it. */
	paint?: "disc" | "glyph";
	strokeWidth?: number;
	strokeOpacity?: number;
}

const circle = (radius: number) =>
	`M${12 - radius} 12a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0Z`;
const disc = (...glyph: string[]): ShapePart[] => [
	{ d: circle(10), paint: "disc" },
	...glyph.map((d): ShapePart => ({ d, paint: "glyph", strokeWidth: 2.6 })),
];

/** What each state looks like beside its colour. */
export const STATE_SHAPES = {
	queued: [
		{
			d: "M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7",
		},
	],
	running: [
		{ d: circle(9.5), paint: "disc", strokeOpacity: 0.26 },
		{ d: "M12 2.5a9.5 9.5 0 0 1 8.9 12.8", strokeWidth: 3 },
	],
	waiting: [
		{ d: circle(10), paint: "disc" },
		{ d: "M17.9 19.4a6 6 0 0 0-11.8 0" },
		{ d: "M8.5 10a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0Z" },
	],
	retrying: [{ d: "M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5" }],
	paused: [{ d: circle(10), paint: "disc" }, { d: "M10 15V9M14 15V9" }],
	completed: disc("m8 12.2 2.8 2.8 5.2-5.6"),
	failed: disc("m15.2 8.8-6.4 6.4M8.8 8.8l6.4 6.4"),
	skipped: [{ d: "m6 17 5-5-5-5M13 17l5-5-5-5" }],
	cancelled: disc("m8.2 15.8 7.6-7.6"),
	"timed-out": disc("M12 6.5V12l3.6 2.2"),
} satisfies Record<RunLook, readonly ShapePart[]> as Readonly<Record<RunLook, readonly ShapePart[]>>;
