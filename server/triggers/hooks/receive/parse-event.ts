import { createHash } from "node:crypto";
import { type Json, type JsonObject, jsonObjectSchema, jsonSchema } from "@/server/plan/values/json";
import { explainJsonError } from "@/server/plan/values/read-json";
import { readLargeJson } from "@/server/threads/large-work";
import type { HookEvent } from "../settings/hook-event";

/** Headers of a request, and characters that runs are given of each. */
const MAX_HEADERS = 100;
const MAX_HEADER_LENGTH = 1_000;
/** Each is stored by itself. */
const MAX_FILES = 100;

/** Never handed on: they hold secrets. */
const PRIVATE_HEADERS = new Set(["authorization", "cookie", "proxy-authorization", "x-api-key", "x-gitlab-token"]);

/** A body that is not what its content type says, or a request of too many parts. */
export class UnreadableBody extends Error {
	override readonly name = "UnreadableBody";
}

interface Received {
	method: string;
	url: string;
	headers: Headers;
	bytes: Buffer;
}

/**
 * What a request brings to runs. @param secret names of headers to leave out beside those that never go on
 * @throws UnreadableBody
 */
export async function parseEvent(received: Received, secret: readonly string[]): Promise<HookEvent> {
	const { method, url, headers, bytes } = received;
	const hidden = new Set(secret);
	const kept = [...headers].filter(([name]) => isHandedOn(name) && !hidden.has(name));
	// Left out, they would hide the id by which a request that is sent again is known.
	if (kept.length > MAX_HEADERS) throw new UnreadableBody(`It has more than ${MAX_HEADERS} headers.`);
	return {
		method,
		headers: Object.fromEntries(kept.map(([name, value]) => [name, value.slice(0, MAX_HEADER_LENGTH)])),
		query: fieldsOf(new URL(url).searchParams),
		bodyHash: createHash("sha256").update(bytes).digest("hex"),
		...(await parseBody(bytes, headers.get("content-type") ?? "")),
	};
}

/** Of the connection and of proxies on the way, which say nothing of what was sent. */
const OF_THE_WAY =
	/^(?:connection|keep-alive|te|transfer-encoding|accept-encoding|x-forwarded-[a-z]{1,20}|x-weft-.{1,40})$/;

function isHandedOn(name: string): boolean {
	return !PRIVATE_HEADERS.has(name) && !OF_THE_WAY.test(name);
}

async function parseBody(bytes: Buffer, contentType: string): Promise<Pick<HookEvent, "body" | "files">> {
	if (bytes.length === 0) return { body: null };
	const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
	if (type === "application/json" || type.endsWith("+json")) return { body: await parseJson(bytes) };
	if (type === "application/x-www-form-urlencoded")
		return { body: fieldsOf(new URLSearchParams(bytes.toString("utf8"))) };
	if (type === "multipart/form-data") return await parseMultipart(bytes, contentType);
	if (type.startsWith("text/") || type.endsWith("xml")) return { body: bytes.toString("utf8") };
	return { body: type === "" ? parseUnnamed(bytes) : { base64: bytes.toString("base64") } };
}

async function parseJson(bytes: Buffer): Promise<Json> {
	const read = await readLargeJson(bytes.toString("utf8")).catch((error: unknown) => {
		throw new UnreadableBody(`Its body is no JSON that can be taken: ${explainJsonError(error)}`);
	});
	const { data, error } = jsonSchema.safeParse(read);
	if (error) throw new UnreadableBody(`Its body cannot be taken: ${error.issues[0]?.message ?? "it is no JSON."}`);
	return data;
}

/** A sender that does not say what it sends. */
function parseUnnamed(bytes: Buffer): Json {
	const text = bytes.toString("utf8");
	return Buffer.from(text).equals(bytes) ? text : { base64: bytes.toString("base64") };
}

/** A name that comes several times has a list. */
function fieldsOf(pairs: Iterable<[string, string]>): JsonObject {
	const fields = new Map<string, string[]>();
	for (const [name, value] of pairs) {
		const known = fields.get(name);
		if (known) known.push(value);
		else fields.set(name, [value]);
	}
	const entries = [...fields].map(
		([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values] as const,
	);
	return jsonObjectSchema.parse(Object.fromEntries(entries));
}

async function parseMultipart(bytes: Buffer, contentType: string): Promise<Pick<HookEvent, "body" | "files">> {
	const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": contentType } })
		.formData()
		.catch(() => {
			throw new UnreadableBody("Its body is no multipart form that can be read.");
		});
	const texts: [string, string][] = [];
	const files: JsonObject[] = [];
	for (const [field, value] of form) {
		if (typeof value === "string") texts.push([field, value]);
		else if (files.length === MAX_FILES) throw new UnreadableBody(`Its form has more than ${MAX_FILES} files.`);
		else files.push({ field, ...(await describeFile(value)) });
	}
	return { body: fieldsOf(texts), files };
}

/** A name is a name, not a path on somebody's disk. */
async function describeFile(file: File): Promise<JsonObject> {
	const name = file.name.split(/[/\\]/).at(-1) ?? "";
	const base64 = Buffer.from(await file.arrayBuffer()).toString("base64");
	return { name, type: file.type, size: file.size, base64 };
}
