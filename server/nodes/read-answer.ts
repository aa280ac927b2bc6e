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
