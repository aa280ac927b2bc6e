import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/router";
import { transformer } from "@/server/trpc/transformer";

const URL = "/api/trpc";

/** Where the client asks for one query alone: a page that names it in its head has the answer sooner. */
export function urlOfQuery(path: string, input: object): string {
	const batch = JSON.stringify({ 0: transformer.input.serialize(input) });
	return `${URL}/${path}?batch=1&input=${encodeURIComponent(batch)}`;
}

/** Calls travel in batches, subscriptions as server-sent events that resume after the last one seen. */
export function createClient() {
	return createTRPCClient<AppRouter>({
		links: [
			splitLink({
				condition: (operation) => operation.type === "subscription",
				true: httpSubscriptionLink({ url: URL, transformer }),
				false: httpBatchLink({ url: URL, transformer, maxURLLength: 4_000, maxItems: 10 }),
			}),
		],
	});
}
