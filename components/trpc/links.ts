import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/router";

const URL = "/api/trpc";

/** Calls travel in batches, subscriptions as server-sent events that resume after the last one seen. */
export function createClient() {
	return createTRPCClient<AppRouter>({
		links: [
			splitLink({
				condition: (operation) => operation.type === "subscription",
				true: httpSubscriptionLink({ url: URL, transformer: superjson }),
				false: httpBatchLink({ url: URL, transformer: superjson, maxURLLength: 4_000 }),
			}),
		],
	});
}
