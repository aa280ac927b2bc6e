import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { readStreamError } from "@/components/auth/read-stream-error";
import { onSignedInAgain } from "@/components/auth/session";
import { useTRPC } from "@/components/trpc/client";
import { keepWatching } from "@/components/trpc/keep-watching";
import { type NewsMessage, shareNews } from "@/components/trpc/share-news";
import { joinTabGroup } from "@/components/trpc/tab-group";
import type { Outputs, Streamed } from "@/components/trpc/types";

/** A discussion about a run, or about a step of it. */
export type CommentThread = Streamed<Outputs["comments"]["watch"]>[number];
/** A comment, and what this person may do with it. */
export type RunComment = Outputs["comments"]["list"]["items"][number];

export interface RunAt {
	team: string;
	runId: string;
}
export interface ThreadAt extends RunAt {
	/** Null for the run as a whole. */
	nodeId: string | null;
}

/** The discussions about a run, kept up to date by one stream for all tabs; undefined until they have arrived. */
export function useThreads({ team, runId }: RunAt): CommentThread[] | undefined {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const [threads, setThreads] = useState<CommentThread[]>();
	useEffect(() => {
		const onNews = (news: CommentThread[]) => {
			setThreads(news);
			void queries.invalidateQueries({ queryKey: trpc.comments.list.pathKey() });
		};
		const watch = (onThreads: (news: CommentThread[]) => void) => {
			const watching = keepWatching<CommentThread[]>(
				(handlers) => {
					const options = trpc.comments.watch.subscriptionOptions({ team, runId });
					const onError = (error: unknown) => handlers.onError(readStreamError(error));
					const stream = options.subscribe({ onData: handlers.onNews, onError });
					return () => stream.unsubscribe();
				},
				{ onNews: onThreads, onLost: () => {} },
			);
			const stopWaiting = onSignedInAgain(watching.hurry);
			return () => {
				stopWaiting();
				watching.stop();
			};
		};
		const group = joinTabGroup<NewsMessage<CommentThread[]>>(`weft-comments-${runId}`);
		return shareNews<CommentThread[]>({ group, watch, onNews });
	}, [trpc, queries, team, runId]);
	return threads;
}

/** What was said in one of them, oldest first, from the last page up. */
export function useComments(at: ThreadAt) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const first: number | undefined = undefined;
	const pages = useInfiniteQuery({
		queryKey: [...trpc.comments.list.queryKey(at), "pages"],
		queryFn: ({ pageParam }: { pageParam: number | undefined }) =>
			queries.fetchQuery(trpc.comments.list.queryOptions({ ...at, before: pageParam }, { staleTime: 0, gcTime: 0 })),
		initialPageParam: first,
		getNextPageParam: (page) => page.next,
	});
	return { ...pages, comments: pages.data?.pages.toReversed().flatMap(({ items }) => items) };
}
