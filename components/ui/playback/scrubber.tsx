"use client";

import { Pause, Play } from "lucide-react";
import { cn } from "../class-names";
import { formatDuration } from "../format/format-time";
import { IconButton } from "../icon-button";
import type { usePlayback } from "./use-playback";

interface ScrubberProps {
	playback: ReturnType<typeof usePlayback>;
	/** The end of the recording, in ms. */
	end: number;
	/** What the button plays, where more than one thing on the page may: ` the film`. */
	what?: string;
	className?: string;
}

/** Plays a recording, and leads to any moment of it. */
export function Scrubber({ playback: { now, isPlaying, toggle, seek }, end, what = "", className }: ScrubberProps) {
	return (
		<>
			<IconButton label={`${isPlaying ? "Pause" : "Play"}${what}`} onClick={toggle}>
				{isPlaying ? <Pause /> : <Play />}
			</IconButton>
			<input
				type="range"
				aria-label="Moment of the run"
				aria-valuetext={formatDuration(now)}
				min={0}
				max={end}
				value={now}
				onChange={(event) => seek(Number(event.target.value))}
				className={cn("accent-(--accent)", className)}
			/>
			<span className="w-14 text-right text-12 text-ink-2 tabular-nums">{formatDuration(now)}</span>
		</>
	);
}
