"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { KindName } from "@/server/notifications/catalog";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import type { Inputs, Outputs } from "../trpc/types";

export type InboxItem = Outputs["inbox"]["list"]["items"][number];
type Asked = Pick<Inputs["inbox"]["list"], "kind" | "unreadOnly">;

const PAGE = 30;

/** The viewer's inbox, a page at a time; read anew whenever something in it has changed. */
export function useInbox(asked: Asked) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const { inbox } = useViewer();
	const first: string | undefined = undefined;
	const list = useInfiniteQuery({
		queryKey: [...trpc.inbox.list.queryKey(asked), "pages"],
		queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
			queries.fetchQuery(
				trpc.inbox.list.queryOptions({ ...asked, before: pageParam, limit: PAGE }, { staleTime: 0, gcTime: 0 }),
			),
		initialPageParam: first,
		getNextPageParam: (page) => page.next,
	});
	const state = `${inbox.unread} ${inbox.changedAt}`;
	const known = useRef(state);
	useEffect(() => {
		if (known.current === state) return;
		known.current = state;
		void queries.invalidateQueries(trpc.inbox.list.queryFilter());
	}, [state, queries, trpc]);
	return { ...list, items: list.data?.pages.flatMap(({ items }) => items) ?? [] };
}

/** Marks notifications; all tabs of the browser, and other browsers, are told by the server. */
export function useMarks() {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const onSettled = async () => {
		await queries.invalidateQueries(trpc.inbox.list.queryFilter());
		await queries.invalidateQueries(trpc.viewer.me.queryFilter());
	};
	const one = useMutation({ ...trpc.inbox.markRead.mutationOptions(), onSettled });
	const all = useMutation({ ...trpc.inbox.markAllRead.mutationOptions(), onSettled });
	return {
		mark: ({ id }: InboxItem, isRead: boolean) => one.mutate({ id, isRead }),
		markAll: (newest: InboxItem, kind?: KindName) => all.mutate({ upTo: newest.cursor, ...(kind && { kind }) }),
		isMarkingAll: all.isPending,
	};
}
