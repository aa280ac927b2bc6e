import { FatalError } from "../../errors";
import type { Json } from "../../plan/json";
import { toText } from "../../plan/value-text";
import type { ExecuteContext } from "../execute-context";
import type { HttpRequestConfig } from "./definition";

type Scalars = HttpRequestConfig["headers"];

interface BuiltRequest {
	url: URL;
	init: { method: string; headers: Headers; body: string | undefined; redirect: RequestRedirect };
}

/** The request as it is sent: address with its query, headers, body. Throws `FatalError` for what cannot be sent. */
export function buildRequest(
	config: HttpRequestConfig,
	context: Pick<ExecuteContext, "run" | "node" | "iteration">,
): BuiltRequest {
	const url = new URL(config.url);
	for (const [name, value] of presentEntries(config.query)) url.searchParams.append(name, value);
	const headers = buildHeaders(config.headers);
	if (!headers.has("user-agent")) headers.set("user-agent", "Weft");
	if (config.idempotencyHeader !== undefined) {
		headers.set(config.idempotencyHeader, [context.run.id, context.node.id, context.iteration].join(":"));
	}
	const body = buildBody(config, headers);
	const redirect = config.followRedirects ? "follow" : "manual";
	return { url, init: { method: config.method, headers, body, redirect } };
}

function buildHeaders(values: Scalars): Headers {
	const headers = new Headers();
	for (const [name, value] of presentEntries(values)) {
		try {
			headers.set(name, value);
		} catch {
			throw new FatalError(
				`The header ${name} cannot be sent: its name or its value holds a character that HTTP forbids.`,
			);
		}
	}
	return headers;
}

function buildBody({ method, bodyType, body = null }: HttpRequestConfig, headers: Headers): string | undefined {
	if (bodyType === "none") return undefined;
	if (method === "GET" || method === "HEAD") {
		throw new FatalError(`A ${method} request carries no body. Choose POST, PUT or PATCH, or no body.`);
	}
	const [type, text] = BODIES[bodyType](body);
	if (!headers.has("content-type")) headers.set("content-type", type);
	return text;
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
		const why = error instanceof Error ? error.message : String(error);
		throw new FatalError(`The content is not valid JSON: ${why}. Write an object, or choose text as the body.`);
	}
}

function toForm(body: Json): string {
	if (typeof body !== "object" || body === null || Array.isArray(body)) {
		throw new FatalError("The content of a form must be an object with a value for each field.");
	}
	const fields = Object.entries(body).flatMap(([name, value]) =>
		(Array.isArray(value) ? value : [value]).map((one) => [name, typeof one === "string" ? one : JSON.stringify(one)]),
	);
	return new URLSearchParams(fields).toString();
}

function presentEntries(values: Scalars): [string, string][] {
	return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]));
}
