import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/router";
import { transformer } from "@/server/trpc/transformer";

const URL = "/api/trpc";

/** Calls travel in batches, subscriptions as server-sent events that resume after the last one seen. */
export function createClient() {
	return createTRPCClient<AppRouter>({
		links: [
			splitLink({
				condition: (operation) => operation.type === "subscription",
				true: httpSubscriptionLink({ url: URL, transformer }),
				false: httpBatchLink({ url: URL, transformer, maxURLLength: 4_000, maxItems: 50 }),
			}),
		],
	});
}
