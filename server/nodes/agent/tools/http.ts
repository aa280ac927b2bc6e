import { z } from "zod";
import { FatalError } from "@/server/errors";
import { contentTypeOf, exchange, statusOf } from "../../exchange";
import { decodeText } from "../../read-answer";
import type { AgentConfig } from "../definition";
import { defineTool } from "../tool";

const READING = new Set(["GET", "HEAD"]);
const MAX_BYTES = 1_000_000;
const MAX_HEADERS = 30;
/** Headers that only say which form of an answer is wanted. */
const PLAIN_HEADERS = new Set(["accept", "accept-language", "if-none-match", "range", "user-agent"]);
const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

const headersSchema = z
	.record(z.string().max(200), z.string().max(8_000))
	.refine((headers) => Object.keys(headers).length <= MAX_HEADERS, `At most ${MAX_HEADERS} headers.`)
	.refine((headers) => !namesOf(headers).includes("host"), "The host follows from the address: leave that header out.");

export const httpTool = defineTool({
	description:
		"Sends an HTTP request, and returns the status, the type and the text of the answer. Redirects are not followed.",
	input: z.strictObject({
		method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
		url: z.url({ protocol: /^https?$/, normalize: true }).max(8_000),
		headers: headersSchema.default({}),
		body: z.string().max(1_000_000).optional(),
	}),
	origin: () => "outside",
	isRepeatable: ({ method }) => READING.has(method),
	isDangerous: (input, config) =>
		!READING.has(input.method) || input.body !== undefined || !isListed(input.url, config) || !isPlain(input.headers),
	asksAlways: ({ url }, config) => (isListed(url, config) ? undefined : "The step does not list its host."),
	// Other headers may make another method of it, or act as somebody else.
	leave: ({ method, url, headers }) =>
		namesOf(headers).every((name) => name === "content-type" || PLAIN_HEADERS.has(name))
			? `${method} requests to ${new URL(url).host}`
			: undefined,
	async run({ method, url, headers, body }, { context }) {
		const init = { method, headers, redirect: "manual" as const, ...(body !== undefined && { body }) };
		const { response, bytes, truncated } = await exchange(
			context,
			{ url, init },
			{ timeoutSeconds: 60, limit: MAX_BYTES },
		);
		const text = decodeText(bytes, contentTypeOf(response));
		if (text === null) throw new FatalError(`The answer is no text (${contentTypeOf(response) || "of no type"}).`);
		const location = response.headers.get("location");
		const head = [statusOf(response), contentTypeOf(response), location && `Redirects to ${location}`];
		return [head.filter(Boolean).join("\n"), text, truncated ? "… the rest was left out." : ""].join("\n\n").trim();
	},
});

/** An address can carry data away: reading is free only where the step says so. Without a port it is the usual one. */
function isListed(url: string, { httpHosts }: AgentConfig): boolean {
	const { protocol, hostname, host, port } = new URL(url);
	const hosts = [host, `${hostname}:${port || DEFAULT_PORTS[protocol]}`];
	return httpHosts.some((listed) => hosts.includes(listed.trim().toLowerCase()));
}

function isPlain(headers: Readonly<Record<string, string>>): boolean {
	return namesOf(headers).every((name) => PLAIN_HEADERS.has(name));
}

function namesOf(headers: Readonly<Record<string, string>>): string[] {
	return Object.keys(headers).map((name) => name.trim().toLowerCase());
}
