import type { Database } from "@/db/client";
import { answerShare } from "@/server/trpc/answer-share";
import { transformer } from "@/server/trpc/transformer";
import type { Visitor } from "./open-link";

/** For tests: somebody without an account, at an address of their own. */
export function visitorAt(database: Database, address: string, proofs: Readonly<Record<string, string>> = {}): Visitor {
	return { database, address, proofOf: (id) => proofs[id] };
}

/** The answer to a request by a link, as it goes over the wire. */
export async function ask(visitor: Visitor, path: string, input: object, signal?: AbortSignal): Promise<Response> {
	const sent = encodeURIComponent(JSON.stringify(transformer.input.serialize(input)));
	const request = new Request(`http://weft.test/api/share/${path}?input=${sent}`, { signal: signal ?? null });
	return await answerShare(request, visitor);
}

/** What a stream has sent until it holds `last`, or until it ends. */
export async function readStream(response: Response, last?: string): Promise<string> {
	const stream = openStream(response);
	const text = await stream.until(last);
	if (last !== undefined) await stream.close();
	return text;
}

/** A stream that goes on after something was read of it. */
export function openStream(response: Response) {
	const reader = response.body?.getReader();
	const decoder = new TextDecoder();
	let text = "";
	return {
		/** All that it has sent when that holds `last`, or when it ends. */
		async until(last?: string): Promise<string> {
			while (last === undefined || !text.includes(last)) {
				const part = await reader?.read();
				if (part === undefined || part.done) return text;
				text += decoder.decode(part.value, { stream: true });
			}
			return text;
		},
		close: async () => await reader?.cancel(),
	};
}
