import { isObject, type JsonObject } from "@/server/plan/values/json";
import type { HookEvent } from "../settings/hook-event";

/** Characters of JSON that are kept of a body, to be looked at and sent anew. */
export const MAX_KEPT_BODY = 256_000;

interface Origin {
	/** The client's address. */
	from: string;
	/** Bytes of the body. */
	size: number;
}

/** What a delivery keeps of its request. A body, or files, too long to keep are left out. */
export function describeRequest({ bodyHash, ...event }: HookEvent, { from, size }: Origin): JsonObject {
	const { body, files, ...rest } = event;
	const isKept = JSON.stringify([body, files ?? null]).length <= MAX_KEPT_BODY;
	return { ...rest, from, size, bodyHash, ...(isKept ? { body, ...(files && { files }) } : { isLeftOut: true }) };
}

/** The event that a delivery has kept; undefined for one that was refused, or too long. */
export function eventOf(request: JsonObject | null): HookEvent | undefined {
	if (request === null || request.body === undefined) return undefined;
	const { method, headers, query, body, files, bodyHash } = request;
	return {
		method: typeof method === "string" ? method : "POST",
		headers: Object.fromEntries(
			Object.entries(isObject(headers) ? headers : {}).flatMap(([name, value]) =>
				typeof value === "string" ? [[name, value]] : [],
			),
		),
		query: isObject(query) ? query : {},
		body,
		bodyHash: typeof bodyHash === "string" ? bodyHash : "",
		...(Array.isArray(files) && { files: files.filter((file) => isObject(file)) }),
	};
}
