import { useEffect, useRef, useState } from "react";

/** A short run is slowed down, so that its steps can be followed. */
const LEAST_MS = 8_000;

/** A clock over a recording of `end` ms, which begins to run at once. */
export function usePlayback(end: number) {
	const [now, setNow] = useState(0);
	const [isPlaying, setPlaying] = useState(true);
	const at = useRef(0);
	const pace = Math.min(1, end / LEAST_MS);
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
