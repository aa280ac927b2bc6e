import { z } from "zod";
import { FatalError } from "@/server/errors";
import { contentTypeOf, exchange, statusOf } from "../../exchange";
import { decodeText } from "../../read-answer";
import type { AgentConfig } from "../definition";
import { defineTool } from "../tool";

const READING = new Set(["GET", "HEAD"]);
const MAX_BYTES = 1_000_000;

export const httpTool = defineTool({
	description:
		"Sends an HTTP request, and returns the status, the type and the text of the answer. Redirects are not followed.",
	input: z.strictObject({
		method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
		url: z.url({ protocol: /^https?$/ }).max(8_000),
		headers: z.record(z.string().max(200), z.string().max(8_000)).default({}),
		body: z.string().max(1_000_000).optional(),
	}),
	origin: () => "outside",
	isRepeatable: ({ method }) => READING.has(method),
	isDangerous: ({ method, url, body }, config) => !READING.has(method) || body !== undefined || !isListed(url, config),
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

/** An address can carry data away: reading is free only where the step says so. */
function isListed(url: string, { httpHosts }: AgentConfig): boolean {
	const { hostname, host } = new URL(url);
	return httpHosts.some((listed) => listed === hostname || listed === host);
}
