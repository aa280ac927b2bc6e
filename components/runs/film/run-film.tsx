"use client";

import { Clapperboard, Link as LinkIcon, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { IconButton } from "@/components/ui/icon-button";
import { Scrubber } from "@/components/ui/playback/scrubber";
import { usePlayback } from "@/components/ui/playback/use-playback";
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
	const playback = usePlayback(length, film.moment ?? undefined);
	const { now } = playback;
	useEffect(() => show(now), [show, now]);
	return (
		<section
			aria-label="Film of the run"
			className="flex items-center gap-2 rounded-3 border border-line bg-panel p-1 pr-2 shadow-2"
		>
			<Scrubber playback={playback} end={length} what=" the film" className="h-11 w-48 min-w-0 flex-1" />
			<IconButton label="Copy a link to this moment" onClick={() => void copyText(addressOfMoment(now), "The link")}>
				<LinkIcon />
			</IconButton>
			<IconButton label="Close the film" onClick={onClose}>
				<X />
			</IconButton>
		</section>
	);
}
