import { useEffect, useRef, useState } from "react";

/** A short run is slowed down, so that its steps can be followed. */
const MIN_MS = 8_000;

/**
 * A clock over a recording of `end` ms, which begins to run at once.
 * @param start where it stands still instead, until it is told to run
 */
export function usePlayback(end: number, start?: number) {
	const [now, setNow] = useState(start ?? 0);
	const [isPlaying, setPlaying] = useState(start === undefined);
	const at = useRef(start ?? 0);
	const pace = Math.min(1, end / MIN_MS);
	useEffect(() => {
		if (!isPlaying) return;
		let frame = 0;
		let last = performance.now();
		const tick = (time: number) => {
			at.current = Math.min(end, at.current + (time - last) * pace);
			last = time;
			setNow(at.current);
			if (at.current >= end) setPlaying(false);
			else frame = requestAnimationFrame(tick);
		};
		frame = requestAnimationFrame(tick);
		return () => cancelAnimationFrame(frame);
	}, [end, isPlaying, pace]);
	const seek = (to: number) => {
		at.current = to;
		setNow(to);
		setPlaying(false);
	};
	const toggle = () => {
		if (!isPlaying && at.current >= end) at.current = 0;
		setPlaying(!isPlaying);
	};
	return { now, isPlaying, toggle, seek };
}
