"use client";

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "../trpc/client";
import { httpStatus } from "../trpc/error-text";
import { showDone } from "../ui/toasts/toaster";
import type { Me, MyTeam } from "./viewer-context";

/** How late at most a page notices what others changed about the viewer, where nothing tells it sooner. */
const FOLLOW_MS = 15_000;

/**
 * Who the viewer is in their teams by now: asked every now and then, and whenever the server refuses something. What a page
 * shows of a team whose role has changed is read again.
 */
export function useFollowedMe(first: Me, teamId: string): { me: Me; team: MyTeam | undefined } {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const options = { initialData: first, refetchInterval: FOLLOW_MS };
	const { data: me } = useQuery(trpc.viewer.me.queryOptions(undefined, options));
	const team = me.teams.find(({ id }) => id === teamId);
	useEffect(() => {
		const isMine = trpc.viewer.me.queryFilter();
		return onRefusal(queries, () => void queries.invalidateQueries(isMine));
	}, [queries, trpc]);
	useRoleChange(team, queries);
	return { me, team };
}

function useRoleChange(team: MyTeam | undefined, queries: QueryClient): void {
	const known = useRef(team?.role);
	useEffect(() => {
		if (!team || team.role === known.current) return;
		known.current = team.role;
		showDone(`Your role in ${team.name} is now ${team.role}`, "This page shows what you may do with it.");
		void queries.invalidateQueries();
	}, [team, queries]);
}

/** Calls back for each call that the server refuses to this person or finds nothing for. */
function onRefusal(queries: QueryClient, refused: () => void): () => void {
	const look = (error: unknown) => {
		const status = httpStatus(error);
		if (status === 403 || status === 404) refused();
	};
	const stops = [
		queries.getQueryCache().subscribe((event) => {
			if (event.type === "updated" && event.action.type === "error") look(event.action.error);
		}),
		queries.getMutationCache().subscribe((event) => {
			if (event.type === "updated" && event.action.type === "error") look(event.action.error);
		}),
	];
	return () => {
		for (const stop of stops) stop();
	};
}
