"use client";

import { type ReactNode, useEffect, useMemo } from "react";
import { ProfileKeeper } from "../account/profile-keeper";
import type { AuthAction } from "../auth/actions";
import { SessionDialog } from "../auth/session-dialog";
import { DataProvider } from "../trpc/provider";
import { rememberTeam } from "./last-team";
import { type Me, type MyTeam, ViewerProvider } from "./viewer-context";

interface TeamFrameProps {
	me: Me;
	team: MyTeam;
	signOut: () => Promise<void>;
	signInAgain: AuthAction;
	/** Signed in without a password. */
	isDemo: boolean;
	children: ReactNode;
}

/** Around every page of a team: its data, and who looks at it. */
export function TeamFrame({ me, team, signOut, signInAgain, isDemo, children }: TeamFrameProps) {
	useEffect(() => rememberTeam(team.slug), [team.slug]);
	const value = useMemo(() => ({ ...me, team, signOut }), [me, team, signOut]);
	return (
		<DataProvider>
			<ProfileKeeper theme={me.user.theme} timeZone={me.user.timeZone} isDemo={isDemo} />
			<ViewerProvider value={value}>{children}</ViewerProvider>
			<SessionDialog email={me.user.email} isDemo={isDemo} action={signInAgain} />
		</DataProvider>
	);
}
