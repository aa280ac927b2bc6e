"use client";

import { useEffect, useRef } from "react";

interface Segment {
	/** Its place in the path, from 0. */
	index: number;
	/** As the page was asked for. */
	asked: string;
	/** What it is by now; undefined while that is not known. */
	current: string | undefined;
}

/**
 * Shows a page under its new address when what it shows is renamed while it is open, also to visitors of an old link: nothing
 * is loaded, and nothing that was typed is lost.
 */
export function useCurrentSegment({ index, asked, current }: Segment): void {
	const shown = useRef(asked);
	useEffect(() => {
		shown.current = asked;
	}, [asked]);
	useEffect(() => {
		if (current === undefined) return;
		replaceSegment(index, { from: shown.current, to: current });
		shown.current = current;
	}, [index, current]);
}

function replaceSegment(index: number, { from, to }: { from: string; to: string }): void {
	const parts = location.pathname.split("/").slice(1);
	if (from === to || parts[index] !== from) return;
	const path = `/${parts.with(index, to).join("/")}`;
	history.replaceState(history.state, "", `${path}${location.search}${location.hash}`);
}

/** As in `/team/workflows/workflow`. */
export const TEAM_SEGMENT = 0;
export const WORKFLOW_SEGMENT = 2;
