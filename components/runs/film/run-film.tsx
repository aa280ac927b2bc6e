"use client";

import { Clapperboard, Link as LinkIcon, X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { useFocusWhen } from "@/components/ui/hooks/use-focus-when";
import { IconButton } from "@/components/ui/icon-button";
import { Scrubber } from "@/components/ui/playback/scrubber";
import { usePlayback } from "@/components/ui/playback/use-playback";
import { addressOfMoment, type Film } from "./use-film";

interface RunFilmProps {
	film: Film;
	/** Saves it as a file. */
	download: ReactNode;
}

/** Plays a run that has ended from its events; closed it is a button. */
export function RunFilm({ film, download }: RunFilmProps) {
	// A link to a moment opens it.
	const [open, setOpen] = useState<boolean>();
	const button = useFocusWhen<HTMLButtonElement>(open === false);
	if (film.length <= 0) return null;
	if (!(open ?? film.moment !== null)) {
		return (
			<Button ref={button} className="bg-panel" onClick={() => setOpen(true)}>
				<Clapperboard />
				Play the run
			</Button>
		);
	}
	const close = () => {
		film.show(null);
		setOpen(false);
	};
	return <Player film={film} download={download} isPressed={open === true} onClose={close} />;
}

interface PlayerProps extends RunFilmProps {
	/** Opened by its button, which it takes the place of. */
	isPressed: boolean;
	onClose: () => void;
}

function Player({ film, download, isPressed, onClose }: PlayerProps) {
	const player = useFocusWhen<HTMLElement>(isPressed);
	const { length, show } = film;
	const playback = usePlayback(length, film.moment ?? undefined);
	const { now } = playback;
	useEffect(() => show(now), [show, now]);
	return (
		<section
			ref={player}
			tabIndex={-1}
			aria-label="Film of the run"
			className="flex items-center gap-2 rounded-3 border border-line bg-panel p-1 pr-2 shadow-2"
		>
			<Scrubber playback={playback} end={length} what=" the film" className="h-11 w-48 min-w-0 flex-1" />
			<IconButton label="Copy a link to this moment" onClick={() => void copyText(addressOfMoment(now), "The link")}>
				<LinkIcon />
			</IconButton>
			{download}
			<IconButton label="Close the film" onClick={onClose}>
				<X />
			</IconButton>
		</section>
	);
}
