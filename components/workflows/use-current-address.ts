"use client";

import { useEffect } from "react";

/** Replaces the address after a workflow's slug has changed, also for visitors of an old link, without loading anything. */
export function useCurrentAddress(
	team: string,
	{ asked, current }: { asked: string; current: string | undefined },
): void {
	useEffect(() => {
		const old = `/${team}/workflows/${asked}`;
		const { pathname, search, hash } = location;
		const rest = pathname.slice(old.length);
		if (current === undefined || current === asked || !pathname.startsWith(old) || !/^(\/|$)/.test(rest)) return;
		history.replaceState(history.state, "", `/${team}/workflows/${current}${rest}${search}${hash}`);
	}, [team, asked, current]);
}
