import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { ShareRouter } from "@/server/trpc/share-router";
import { transformer } from "@/server/trpc/transformer";

const URL = "/api/share";

/** What a link answers: `Shared["run"]`. */
export type Shared = inferRouterOutputs<ShareRouter>;

/** `useShare()` gives the typed options of what can be asked of a link. */
export const {
	TRPCProvider: ShareProvider,
	useTRPC: useShare,
	useTRPCClient: useShareClient,
} = createTRPCContext<ShareRouter>();

export function createShareClient() {
	return createTRPCClient<ShareRouter>({
		links: [
			splitLink({
				condition: (operation) => operation.type === "subscription",
				true: httpSubscriptionLink({ url: URL, transformer }),
				// All of it is asked for by GET, and a long address is cut in two.
				false: httpBatchLink({ url: URL, transformer, maxURLLength: 4_000, maxItems: 10 }),
			}),
		],
	});
}
