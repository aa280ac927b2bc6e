"use client";

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { readStreamError } from "../auth/read-stream-error";
import { onSignedInAgain } from "../auth/session";
import { useTRPC } from "../trpc/client";
import { httpStatus } from "../trpc/error-text";
import { keepWatching } from "../trpc/keep-watching";
import { type NewsMessage, shareNews } from "../trpc/share-news";
import { joinTabGroup } from "../trpc/tab-group";
import { showDone } from "../ui/toasts/toaster";
import type { Me, MyTeam } from "./viewer-context";

/**
 * Who the viewer is in their teams by now: told by the server as it changes, and asked whenever something is refused. What
 * a page shows of a team whose role has changed is read again.
 */
export function useFollowedMe(first: Me, teamId: string): { me: Me; team: MyTeam | undefined } {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const options = { initialData: first, staleTime: Number.POSITIVE_INFINITY };
	const { data: me } = useQuery(trpc.viewer.me.queryOptions(undefined, options));
	const team = me.teams.find(({ id }) => id === teamId);
	useMyNews(first.user.id, queries);
	useEffect(() => {
		const isMine = trpc.viewer.me.queryFilter();
		return onRefusal(queries, () => void queries.invalidateQueries(isMine));
	}, [queries, trpc]);
	useRoleChange(team, queries);
	return { me, team };
}

/** Puts what the server tells of the viewer where it would be asked for. */
function useMyNews(userId: string, queries: QueryClient): void {
	const trpc = useTRPC();
	useEffect(() => {
		return shareNews<Me>({
			group: joinTabGroup<NewsMessage<Me>>(`weft-me-${userId}`),
			onNews: (me) => queries.setQueryData(trpc.viewer.me.queryKey(), me),
			watch: (onNews) => {
				const watching = keepWatching<Me>(
					(handlers) => {
						const options = trpc.viewer.watch.subscriptionOptions(undefined);
						const onError = (error: unknown) => handlers.onError(readStreamError(error));
						const stream = options.subscribe({ onData: handlers.onNews, onError });
						return () => stream.unsubscribe();
					},
					{ onNews, onLost: () => {} },
				);
				const stopWaiting = onSignedInAgain(watching.hurry);
				return () => {
					watching.stop();
					stopWaiting();
				};
			},
		});
	}, [trpc, queries, userId]);
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
