import type { Json } from "@/server/plan/values/json";
import { explainJsonError } from "@/server/plan/values/read-json";
import { toText } from "@/server/plan/values/value-text";
import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import { readWorkspaceFile } from "../workspace-files";
import type { HttpRequestConfig } from "./definition";

type Values = HttpRequestConfig["query"];
type Body = string | Uint8Array<ArrayBuffer>;
/** One that is read while it is sent. */
type SentFile = Pick<Awaited<ReturnType<ExecuteContext["artifacts"]["find"]>>[number], "type" | "size" | "open">;
type Context = Pick<ExecuteContext, "run" | "node" | "iteration" | "workspace" | "artifacts" | "signal">;

interface BuiltRequest {
	url: URL;
	init: { method: string; headers: Headers; body: Body | SentFile | undefined; redirect: RequestRedirect };
}

/** The request as it is sent: address with its query, headers, body. Throws `FatalError` for what cannot be sent. */
export async function buildRequest(config: HttpRequestConfig, context: Context): Promise<BuiltRequest> {
	const url = parseAddress(config.url);
	for (const [name, value] of presentEntries(config.query)) url.searchParams.append(name, value);
	const headers = buildHeaders(config.headers);
	if (!headers.has("user-agent")) headers.set("user-agent", "Weft");
	authenticate(headers, config);
	if (config.idempotencyHeader !== undefined) {
		headers.set(config.idempotencyHeader, [context.run.id, context.node.id, context.iteration].join(":"));
	}
	const body = await buildBody(config, headers, context);
	const redirect = config.followRedirects ? "follow" : "manual";
	return { url, init: { method: config.method, headers, body, redirect } };
}

function parseAddress(url: string): URL {
	if (URL.canParse(url)) return new URL(url);
	throw new FatalError("The address is not a URL. Enter one such as https://example.com/path.");
}

/** RFC 7617 and RFC 6750. The values stay out of every message. */
function authenticate(headers: Headers, config: HttpRequestConfig): void {
	const { auth, authUser = "", authSecret = "", authHeader } = config;
	if (auth === "none") return;
	if (auth === "basic" && authUser.includes(":")) throw new FatalError("A user name cannot contain a colon.");
	const basic = Buffer.from(`${authUser}:${authSecret}`).toString("base64");
	const value = { basic: `Basic ${basic}`, bearer: `Bearer ${authSecret}`, header: authSecret }[auth];
	setHeader(headers, auth === "header" ? (authHeader ?? "Authorization") : "Authorization", value);
}

function buildHeaders(values: Values): Headers {
	const headers = new Headers();
	for (const [name, value] of presentEntries(values)) setHeader(headers, name, value);
	return headers;
}

function setHeader(headers: Headers, name: string, value: string): void {
	try {
		headers.set(name, value);
	} catch {
		throw new FatalError(
			`The header ${name} cannot be sent: its name or its value holds a character that HTTP forbids.`,
		);
	}
}

async function buildBody(
	config: HttpRequestConfig,
	headers: Headers,
	context: Context,
): Promise<Body | SentFile | undefined> {
	const { method, bodyType, body = null } = config;
	if (bodyType === "none") return undefined;
	if (method === "GET" || method === "HEAD") {
		throw new FatalError(`A ${method} request carries no body. Choose POST, PUT or PATCH, or no body.`);
	}
	const [type, content] =
		bodyType === "multipart"
			? await encodeForm(body, config.files, context)
			: bodyType === "file"
				? await readFile(body, context)
				: BODIES[bodyType](body);
	// The boundary of a form's parts is made here, and its type must name it.
	if (bodyType === "multipart" || !headers.has("content-type")) headers.set("content-type", type);
	return content;
}

/** Text fields and files as `multipart/form-data` (RFC 7578). */
async function encodeForm(
	body: Json,
	files: HttpRequestConfig["files"],
	context: Context,
): Promise<readonly [string, Body]> {
	const form = new FormData();
	for (const [name, value] of formEntries(body ?? {})) form.append(name, value);
	for (const [name, path] of Object.entries(files)) {
		const bytes = new Uint8Array(await readWorkspaceFile(context, path));
		form.append(name, new Blob([bytes]), path.split("/").at(-1));
	}
	const encoded = new Response(form);
	return [encoded.headers.get("content-type") ?? "", new Uint8Array(await encoded.arrayBuffer())];
}

/** A file of the workspace by its path, or one of an earlier step, which is read while it is sent. */
async function readFile(body: Json, context: Context): Promise<readonly [string, Body | SentFile]> {
	if (typeof body === "string")
		return ["application/octet-stream", new Uint8Array(await readWorkspaceFile(context, body))];
	const [file, ...others] = await context.artifacts.find(body);
	if (file === undefined || others.length > 0)
		throw new FatalError(
			"The content must be the path of a file in the workspace, or one file of an earlier step, such as {{ steps.build.output.artifacts.0 }}.",
		);
	return [file.type, file];
}

const BODIES = {
	json: (body: Json) => ["application/json", toJsonText(body)],
	text: (body: Json) => ["text/plain;charset=UTF-8", toText(body)],
	form: (body: Json) => ["application/x-www-form-urlencoded;charset=UTF-8", toForm(body)],
} as const satisfies Record<string, (body: Json) => readonly [string, string]>;

/** Text counts as JSON that somebody wrote; any other value is written as JSON. */
function toJsonText(body: Json): string {
	if (typeof body !== "string") return JSON.stringify(body);
	try {
		JSON.parse(body);
		return body;
	} catch (error) {
		throw new FatalError(
			`The content is not valid JSON: ${explainJsonError(error)}. Write an object, or choose text as the body.`,
		);
	}
}

function toForm(body: Json): string {
	return new URLSearchParams(formEntries(body)).toString();
}

function formEntries(body: Json): [string, string][] {
	if (typeof body !== "object" || body === null || Array.isArray(body)) {
		throw new FatalError("The content of a form must be an object with a value for each field.");
	}
	return presentEntries(body);
}

/** A list repeats its name; null leaves an entry out. */
function presentEntries(values: Readonly<Record<string, Json>>): [string, string][] {
	return Object.entries(values).flatMap(([name, value]) =>
		(Array.isArray(value) ? value : [value]).flatMap((one): [string, string][] =>
			one === null ? [] : [[name, typeof one === "string" ? one : JSON.stringify(one)]],
		),
	);
}
