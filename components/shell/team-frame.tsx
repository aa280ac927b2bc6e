"use client";

import Link from "next/link";
import { type ReactNode, useEffect, useMemo } from "react";
import { ProfileKeeper } from "../account/profile-keeper";
import type { AuthAction } from "../auth/actions";
import { SessionEnd } from "../auth/session-end";
import { DataProvider } from "../trpc/provider";
import { Button } from "../ui/button";
import { MessagePage } from "../ui/message-page";
import { useToastsAhead } from "../ui/toasts/toaster";
import { useTooltipsAhead } from "../ui/tooltip";
import { rememberTeam } from "./last-team";
import { TEAM_SEGMENT, useCurrentSegment } from "./use-current-segment";
import { useFollowedMe } from "./use-followed-me";
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
	useToastsAhead();
	useTooltipsAhead();
	return (
		<DataProvider>
			<ProfileKeeper theme={me.user.theme} timeZone={me.user.timeZone} isDemo={isDemo} />
			<Viewed me={me} team={team} signOut={signOut}>
				{children}
			</Viewed>
			<SessionEnd email={me.user.email} isDemo={isDemo} action={signInAgain} />
		</DataProvider>
	);
}

/** Shows the page for as long as the viewer is in its team. */
function Viewed({ me: first, team: asked, signOut, children }: Omit<TeamFrameProps, "signInAgain" | "isDemo">) {
	const { me, team } = useFollowedMe(first, asked.id);
	const current = team?.slug;
	useCurrentSegment({ index: TEAM_SEGMENT, asked: asked.slug, current });
	useEffect(() => {
		if (current !== undefined) rememberTeam(current);
	}, [current]);
	const value = useMemo(() => team && { ...me, team, signOut }, [me, team, signOut]);
	if (!value) return <NoMember team={asked.name} />;
	return <ViewerProvider value={value}>{children}</ViewerProvider>;
}

function NoMember({ team }: { team: string }) {
	return (
		<MessagePage
			title={`You are no longer in ${team}`}
			action={
				<Button asChild intent="primary" size="form">
					<Link href="/">Go to the start page</Link>
				</Button>
			}
		>
			You left the team, somebody took you out of it, or it was deleted. To get back in, ask somebody of the team to
			invite you.
		</MessagePage>
	);
}
