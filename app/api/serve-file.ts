import type { Readable } from "node:stream";
import type { ServedFile } from "@/server/artifacts/download-file";
import type { ByteRange } from "@/server/artifacts/storage/storage";

/** Pictures that browsers show and that run nothing, as a page of their own or inside another. */
const SHOWN_AS_THEY_ARE = /^(image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml)|text\/html)$/;
const SHOWN_AS_TEXT = /^(text\/|application\/(json|xml|yaml|javascript|x-sh|sql|x-ndjson)$)|\+(json|xml)$/;

/**
 * A page among the files has no origin: it runs no script, sends no form, opens nothing and loads nothing, wherever it is
 * opened. Its own inline styles and pictures are all it has.
 */
const POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** Answers with a file, or the part of it that the request asks for. What browsers cannot show safely is saved. */
export async function serveFile(request: Request, file: ServedFile, keep: boolean): Promise<Response> {
	const range = readRange(request.headers.get("range"), file.size);
	if (range === "impossible")
		return new Response("The file has no such part.", {
			status: 416,
			headers: { "content-range": `bytes */${file.size}` },
		});
	const bytes = await file.open(range);
	const headers = {
		...headersOf(file, keep),
		"content-length": String(range ? range.last - range.first + 1 : file.size),
		"accept-ranges": "bytes",
		...(range && { "content-range": `bytes ${range.first}-${range.last}/${file.size}` }),
	};
	return new Response(toWebStream(bytes), { status: range ? 206 : 200, headers });
}

export function headersOf({ name, type }: { name: string; type: string }, keep: boolean): Record<string, string> {
	const shown = SHOWN_AS_THEY_ARE.test(type)
		? type
		: SHOWN_AS_TEXT.test(type)
			? "text/plain; charset=utf-8"
			: undefined;
	return {
		"content-type": (keep ? undefined : shown) ?? (type.startsWith("text/") ? `${type}; charset=utf-8` : type),
		"content-disposition": `${keep || shown === undefined ? "attachment" : "inline"}; ${describeName(name)}`,
		"content-security-policy": POLICY,
		"cross-origin-resource-policy": "same-origin",
		"cache-control": "private, no-store",
		"referrer-policy": "no-referrer",
		"x-content-type-options": "nosniff",
		"x-robots-tag": "noindex, nofollow",
	};
}

/** RFC 6266: a name of plain letters for the oldest, the whole one for all others. */
function describeName(path: string): string {
	const name = path.slice(path.lastIndexOf("/") + 1);
	const plain = name.replace(/[^A-Za-z0-9._ -]/g, "_");
	const whole = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
	return `filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** One range of RFC 9110; several, or what is none, are answered with the whole. */
function readRange(header: string | null, size: number): ByteRange | "impossible" | undefined {
	const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
	if (from === "" && to === "") return undefined;
	const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
	const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
	return first > last ? "impossible" : { first, last };
}

function toWebStream(bytes: Readable): ReadableStream {
	const chunks: AsyncIterator<Uint8Array> = bytes[Symbol.asyncIterator]();
	return new ReadableStream({
		async pull(controller) {
			const { value, done } = await chunks.next();
			if (done) controller.close();
			else controller.enqueue(value);
		},
		cancel: () => void bytes.destroy(),
	});
}
