"use client";

import { Clapperboard, Link as LinkIcon, Pause, Play, X } from "lucide-react";
import { useEffect, useState } from "react";
import { usePlayback } from "@/components/templates/use-playback";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { formatDuration } from "@/components/ui/format/format-time";
import { IconButton } from "@/components/ui/icon-button";
import { addressOfMoment, type Film } from "./use-film";

/** Plays a run that has ended from its events; closed it is a button. */
export function RunFilm({ film }: { film: Film }) {
	// A link to a moment opens it.
	const [open, setOpen] = useState<boolean>();
	if (film.length <= 0) return null;
	if (!(open ?? film.moment !== null)) {
		return (
			<Button className="bg-panel" onClick={() => setOpen(true)}>
				<Clapperboard />
				Play the run
			</Button>
		);
	}
	const close = () => {
		film.show(null);
		setOpen(false);
	};
	return <Player film={film} onClose={close} />;
}

function Player({ film, onClose }: { film: Film; onClose: () => void }) {
	const { length, show } = film;
	const { now, isPlaying, toggle, seek } = usePlayback(length, film.moment ?? undefined);
	useEffect(() => show(now), [show, now]);
	return (
		<section
			aria-label="Film of the run"
			className="flex items-center gap-2 rounded-3 border border-line bg-panel p-1 pr-2 shadow-2"
		>
			<IconButton label={isPlaying ? "Pause the film" : "Play the film"} onClick={toggle}>
				{isPlaying ? <Pause /> : <Play />}
			</IconButton>
			<input
				type="range"
				aria-label="Moment of the run"
				aria-valuetext={formatDuration(now)}
				min={0}
				max={length}
				value={now}
				onChange={(event) => seek(Number(event.target.value))}
				className="h-11 w-48 min-w-0 flex-1 accent-(--accent)"
			/>
			<span className="w-14 text-right text-12 text-ink-2 tabular-nums">{formatDuration(now)}</span>
			<IconButton label="Copy a link to this moment" onClick={() => void copyText(addressOfMoment(now), "The link")}>
				<LinkIcon />
			</IconButton>
			<IconButton label="Close the film" onClick={onClose}>
				<X />
			</IconButton>
		</section>
	);
}
