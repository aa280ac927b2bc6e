import type { Json } from "@/server/plan/values/json";
import { JsonValueError } from "@/server/plan/values/read-json";
import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";

/**
 * Reads at most `limit` bytes of a body, whatever the server sends: memory stays bounded, and so does a decompressed
 * bomb. At the limit the connection is closed.
 */
export async function readBytes(response: Response, limit: number): Promise<{ bytes: Uint8Array; truncated: boolean }> {
	if (response.body === null) return { bytes: new Uint8Array(), truncated: false };
	const reader = response.body.getReader();
	const chunks: Uint8Array[] = [];
	let size = 0;
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		const room = limit - size;
		chunks.push(part.value.subarray(0, room));
		size += Math.min(part.value.length, room);
		if (part.value.length > room) {
			await reader.cancel();
			return { bytes: Buffer.concat(chunks), truncated: true };
		}
	}
	return { bytes: Buffer.concat(chunks), truncated: false };
}

/** The text of a body in the character set that the server names; `null` when it is binary. */
export function decodeText(bytes: Uint8Array, contentType: string): string | null {
	const charset = /charset="?([^";\s]+)/i.exec(contentType)?.[1] ?? "utf-8";
	const isWide = /^utf-?(16|32)/i.test(charset);
	if (!isWide && bytes.subarray(0, 8_192).includes(0)) return null;
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return new TextDecoder().decode(bytes);
	}
}

/** @throws FatalError when JSON was asked for and did not come, or holds what no value can keep */
export async function parseBody(
	text: string,
	how: { parse: "auto" | "json" | "text"; contentType: string },
	readJson: ExecuteContext["readJson"],
): Promise<Json> {
	const saysJson = /^application\/([\w.+-]+\+)?json\b/i.test(how.contentType);
	if (how.parse === "text" || (how.parse === "auto" && !saysJson)) return text;
	const value = await tryParse(text, readJson);
	if (value !== undefined) return value;
	if (how.parse === "auto") return text;
	throw new FatalError(`The answer is not JSON. It begins: ${text.slice(0, 60)}`);
}

async function tryParse(text: string, readJson: ExecuteContext["readJson"]): Promise<Json | undefined> {
	try {
		return await readJson(text);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		if (!(error instanceof JsonValueError)) throw error;
		throw new FatalError(`The answer cannot be kept as JSON: ${error.message} Read the answer as text instead.`);
	}
}

const MAX_WAIT_SECONDS = 86_400;

/** Seconds to wait from a `Retry-After` header (RFC 9110, 10.2.3: seconds or a date); at most a day. */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
	if (header === null) return undefined;
	const isDate = /[a-z]{3}/i.test(header);
	const seconds = isDate
		? (Date.parse(header) - now) / 1_000
		: /^\d+$/.test(header.trim())
			? Number(header)
			: Number.NaN;
	return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_WAIT_SECONDS) : undefined;
}
