"use client";

import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createQueryClient } from "@/components/trpc/query-client";
import type { RunState } from "@/server/runs/state";
import { LinkGone } from "./link-gone";
import { createShareClient, type Shared, ShareProvider, useShare } from "./share-client";
import { SharedRun } from "./shared-run";

interface SharedRunPageProps {
	token: string;
	run: Shared["run"];
	/** How it stood when the page was made. */
	state: RunState;
}

const NOTHING = () => undefined;

/** A run by its link: the page as the server made it, then live. */
export function SharedRunPage({ token, run, state }: SharedRunPageProps) {
	const [queryClient] = useState(() =>
		createQueryClient({ onSessionEnded: NOTHING, onWaiting: NOTHING, onError: NOTHING }),
	);
	const [client] = useState(createShareClient);
	return (
		<QueryClientProvider client={queryClient}>
			<ShareProvider trpcClient={client} queryClient={queryClient}>
				<Page token={token} run={run} state={state} />
			</ShareProvider>
		</QueryClientProvider>
	);
}

/** The link may be revoked while somebody looks: then nothing of the run stays on the page. */
function Page({ token, run: first, state }: SharedRunPageProps) {
	const share = useShare();
	const { data: run } = useQuery(
		share.run.queryOptions({ token }, { initialData: first, staleTime: Number.POSITIVE_INFINITY }),
	);
	const [isGone, setGone] = useState(false);
	if (isGone) return <LinkGone />;
	return <SharedRun token={token} run={run} state={state} onGone={() => setGone(true)} />;
}
