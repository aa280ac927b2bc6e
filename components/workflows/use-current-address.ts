"use client";

import { useEffect } from "react";

/** The address follows a workflow whose slug has changed, also for who came by an old link; nothing is loaded anew. */
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
