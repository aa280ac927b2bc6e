"use client";

import { useCallback, useState } from "react";

interface SizeLimits {
	start: number;
	min: number;
	max: () => number;
}

/** The size of a panel, kept by this browser. Only for components that are never rendered on the server. */
export function useStoredSize(name: string, limits: SizeLimits): [number, (size: number) => void] {
	const key = `weft-size-${name}`;
	const { min, max } = limits;
	const [size, setSize] = useState(() => {
		const stored = Number(localStorage.getItem(key));
		return stored > 0 ? clamp(stored, min, max()) : limits.start;
	});
	const change = useCallback(
		(wanted: number) => {
			const next = Math.round(clamp(wanted, min, max()));
			setSize(next);
			localStorage.setItem(key, String(next));
		},
		[key, min, max],
	);
	return [size, change];
}

function clamp(value: number, min: number, max: number): number {
	return Math.min(Math.max(value, min), Math.max(min, max));
}
