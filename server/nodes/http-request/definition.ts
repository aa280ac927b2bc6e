import { z } from "zod";
import { jsonSchema } from "../../plan/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const MEGABYTE = 1_000_000;

/** A value of a header, a query or a form; `null` leaves the entry out. */
const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const configSchema = z.strictObject({
	method: z
		.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
		.default("GET")
		.meta({ label: "Method", widget: "select" }),
	url: z
		.string()
		.trim()
		.min(1, "Enter the address to call")
		.max(8_192)
		.refine((url) => /^https?:\/\/[^/\s]/i.test(url), "Enter an address that starts with https:// or http://")
		.meta({
			label: "Address",
			help: "Public addresses only, unless an administrator allows a private one.",
			placeholder: "https://api.example.com/health",
		}),
	query: z
		.record(z.string(), scalarSchema)
		.default({})
		.meta({ label: "Query", help: "Added to the address, escaped.", widget: "key-value" }),
	headers: z.record(z.string(), scalarSchema).default({}).meta({
		label: "Headers",
		help: "For a key or a token, use a credential: Bearer {{ secrets.my_token }}.",
		widget: "key-value",
	}),
	bodyType: z
		.enum(["none", "json", "text", "form"])
		.default("none")
		.meta({ label: "Body", help: "What is sent along with the request.", widget: "select" }),
	body: jsonSchema.optional().meta({
		label: "Content",
		help: "JSON, plain text, or an object of form fields. References inside JSON keep their type.",
		placeholder: '{ "name": "{{ inputs.name }}" }',
		widget: "json",
	}),
	parse: z.enum(["auto", "json", "text"]).default("auto").meta({
		label: "Read the answer as",
		help: "Auto reads JSON when the server says that it is JSON. Integers of more than 15 digits arrive as text, digit for digit.",
		widget: "select",
		advanced: true,
	}),
	failOnStatus: z.boolean().default(true).meta({
		label: "Fail on an unexpected status",
		help: "When off, the step completes whatever the server answers.",
	}),
	expectedStatus: z
		.array(z.int().min(100).max(599))
		.max(50)
		.default([])
		.meta({ label: "Expected statuses", help: "Empty means 200 to 299.", placeholder: "200, 404", advanced: true }),
	followRedirects: z
		.boolean()
		.default(true)
		.meta({ label: "Follow redirects", help: "At most five, each checked like the first address.", advanced: true }),
	timeoutSeconds: z
		.number()
		.min(1)
		.max(600)
		.default(30)
		.meta({ label: "Give up after", help: "Seconds until the whole answer is there.", widget: "duration" }),
	maxResponseBytes: z
		.int()
		.min(1)
		.max(50 * MEGABYTE)
		.default(5 * MEGABYTE)
		.meta({
			label: "Largest answer",
			help: "Bytes that are kept; what follows is cut off and the log says so.",
			advanced: true,
		}),
	idempotencyHeader: z
		.string()
		.regex(/^[A-Za-z0-9-]{1,64}$/, "Enter the name of a header, such as Idempotency-Key")
		.optional()
		.meta({
			label: "Idempotency header",
			help: "Sends a key that stays the same when this step is tried again, so that the server acts once.",
			placeholder: "Idempotency-Key",
			advanced: true,
		}),
});

export type HttpRequestConfig = z.infer<typeof configSchema>;

const outputSchema = z.object({
	status: z.int().meta({ label: "Status" }),
	ok: z.boolean().meta({ label: "Status was 200 to 299" }),
	headers: z.record(z.string(), z.string()).meta({ label: "Headers, in lower case" }),
	body: jsonSchema.meta({ label: "Body: a value when it is JSON, else text" }),
	url: z.string().meta({ label: "Address after redirects" }),
	truncated: z.boolean().meta({ label: "Body was cut off" }),
	durationMs: z.number().meta({ label: "Milliseconds it took" }),
});

export const httpRequestDefinition = defineNode({
	type: "http-request",
	title: "HTTP request",
	description: "Calls a web address and gives its answer to the next steps.",
	icon: "globe",
	keywords: [
		"api",
		"fetch",
		"curl",
		"request",
		"webhook",
		"rest",
		"url",
		"get",
		"post",
		"call",
		"download",
		"graphql",
		"slack",
	],
	category: "data",
	kind: "step",
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: outputSchema,
	summary: ({ method, url }) => {
		const address = summarizeText(url, "");
		if (address === "") return "no address yet";
		return `${summarizeText(method, "GET")} ${shortenAddress(address)}`;
	},
});

/** `https://acme.dev/health` reads `/health`, `https://acme.dev` reads `acme.dev`. */
function shortenAddress(address: string): string {
	const [, host = address, path = ""] = /^(?:https?:\/\/)?([^/?#]*)([^?#]*)/i.exec(address) ?? [];
	return path === "" || path === "/" ? host : path;
}
