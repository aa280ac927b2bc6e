import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Database } from "@/db/client";
import { shareRouter } from "@/server/trpc/share-router";
import { transformer } from "@/server/trpc/transformer";
import type { Visitor } from "./open-link";

/** For tests: somebody without an account, at an address of their own. */
export function visitorAt(database: Database, address: string, proofs: Readonly<Record<string, string>> = {}): Visitor {
	return { database, address, proofOf: (id) => proofs[id] };
}

/** The answer to a request by a link, as it goes over the wire. */
export async function ask(visitor: Visitor, path: string, input: object, signal?: AbortSignal): Promise<Response> {
	const sent = encodeURIComponent(JSON.stringify(transformer.input.serialize(input)));
	return await fetchRequestHandler({
		endpoint: "",
		req: new Request(`http://weft.test/${path}?input=${sent}`, { signal: signal ?? null }),
		router: shareRouter,
		createContext: () => ({ visitor }),
	});
}

/** What a stream has sent until it holds `last`, or until it ends. */
export async function readStream(response: Response, last?: string): Promise<string> {
	const reader = response.body?.getReader();
	const decoder = new TextDecoder();
	let text = "";
	for (;;) {
		const part = await reader?.read();
		if (part === undefined || part.done) return text;
		text += decoder.decode(part.value, { stream: true });
		if (last === undefined || !text.includes(last)) continue;
		await reader?.cancel();
		return text;
	}
}
