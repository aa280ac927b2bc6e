"use client";

import { type ReactNode, useEffect, useMemo } from "react";
import { DataProvider } from "../trpc/provider";
import { rememberTeam } from "./last-team";
import { type Me, type MyTeam, ViewerProvider } from "./viewer-context";

interface TeamFrameProps {
	me: Me;
	team: MyTeam;
	signOut: () => Promise<void>;
	children: ReactNode;
}

/** Around every page of a team: its data, and who looks at it. */
export function TeamFrame({ me, team, signOut, children }: TeamFrameProps) {
	useEffect(() => rememberTeam(team.slug), [team.slug]);
	const value = useMemo(() => ({ ...me, team, signOut }), [me, team, signOut]);
	return (
		<DataProvider>
			<ViewerProvider value={value}>{children}</ViewerProvider>
		</DataProvider>
	);
}
