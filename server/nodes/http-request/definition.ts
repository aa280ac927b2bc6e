import { z } from "zod";
import { artifactRefSchema } from "@/server/artifacts/artifact-ref";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";
import { allowExample, privateHost } from "./private-address";
import { problemOfHeaderName, problemOfPort } from "./sendable";

const MEGABYTE = 1_000_000;

/** A value of a header or a query; `null` leaves the entry out. */
const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Reports a problem of an entry's name: whatever its value becomes, the name stays. */
function refuseName(context: z.RefinementCtx, name: string, message: string): void {
	context.addIssue({ code: "custom", path: [name], message, params: { about: "name" } });
}

const headersSchema = z.record(z.string(), scalarSchema).superRefine((headers, context) => {
	for (const name of Object.keys(headers)) {
		const problem = problemOfHeaderName(name);
		if (problem !== undefined) refuseName(context, name, problem);
	}
});

const headerName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "Enter the name of a header, such as X-API-Key");

const fieldsSchema = z.strictObject({
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
		.superRefine((url, context) => {
			const message = problemOfPort(url);
			if (message !== undefined) context.addIssue({ code: "custom", message });
		})
		.meta({
			label: "Address",
			help: "Public addresses only, unless an administrator allows a private one. A value inside the path or the query is escaped; one at the beginning stays as it is.",
			references: "url",
			placeholder: "https://api.example.com/health",
		}),
	query: z
		.record(z.string(), z.union([scalarSchema, z.array(scalarSchema).max(1_000)]))
		.default({})
		.meta({
			label: "Query",
			help: "Added to the address, escaped. A list repeats its name: a=1&a=2.",
			widget: "key-value",
		}),
	headers: headersSchema.default({}).meta({
		label: "Headers",
		help: "For a key or a token, use Authentication with a credential.",
		widget: "key-value",
	}),
	auth: z
		.enum(["none", "basic", "bearer", "header"])
		.default("none")
		.meta({ label: "Authentication", help: "How the credential is sent.", widget: "select" }),
	authUser: z
		.string()
		.max(1_000)
		.optional()
		.meta({ label: "User name", visibleWhen: ({ auth }) => auth === "basic" }),
	authSecret: z
		.string()
		.min(1)
		.max(64_000)
		.optional()
		.meta({
			label: "Password, token or key",
			help: "Refer to a credential; never write the value itself.",
			placeholder: "{{ secrets.my_token }}",
			visibleWhen: ({ auth = "none" }) => auth !== "none",
			credential: ({ auth }) => {
				if (auth === "basic") return { basic: { authUser: "user", authSecret: "password" } };
				const token = { authSecret: "" };
				return auth === "header" ? { header: { authHeader: "name", authSecret: "" }, token } : { token };
			},
		}),
	authHeader: headerName.optional().meta({
		label: "Header",
		help: "Carries the key.",
		placeholder: "X-API-Key",
		visibleWhen: ({ auth }) => auth === "header",
	}),
	bodyType: z
		.enum(["none", "json", "text", "form", "multipart", "file"])
		.default("none")
		.meta({ label: "Body", help: "What is sent along with the request.", widget: "select" }),
	body: jsonSchema.optional().meta({
		label: "Content",
		help: "JSON, plain text, an object of form fields, the path of a file in the workspace, or a file of an earlier step ({{ steps.build.output.artifacts.0 }}). References inside JSON keep their type.",
		placeholder: '{ "name": "{{ inputs.name }}" }',
		widget: "json",
		visibleWhen: ({ bodyType }) => bodyType !== undefined && bodyType !== "none",
	}),
	files: z
		.record(z.string().min(1).max(200), z.string().min(1).max(4_096))
		.default({})
		.meta({
			label: "Files",
			help: "Fields of the form that are files: name and path in the workspace.",
			widget: "key-value",
			visibleWhen: ({ bodyType }) => bodyType === "multipart",
		}),
	saveAs: z.string().min(1).max(4_096).optional().meta({
		label: "Save answer to file",
		help: "A path in the workspace. For answers of up to 50 MB, and for binary ones.",
		placeholder: "downloads/report.pdf",
		advanced: true,
	}),
	keepAs: z.string().trim().min(1).max(500).optional().meta({
		label: "Keep answer as a file of the run",
		help: "The file’s name. It goes straight to the storage, as large as a file may be, and other steps take it by {{ steps.download.output.artifact }}.",
		placeholder: "report.pdf",
		advanced: true,
	}),
	parse: z.enum(["auto", "json", "text"]).default("auto").meta({
		label: "Read the answer as",
		help: "Auto reads JSON when the server says that it is JSON. Integers beyond 2^53 arrive as text, digit for digit.",
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
		.meta({
			label: "Expected statuses",
			help: "Empty means 200 to 299.",
			placeholder: "200, 404",
			advanced: true,
			visibleWhen: ({ failOnStatus }) => failOnStatus !== false,
		}),
	followRedirects: z
		.boolean()
		.default(true)
		.meta({ label: "Follow redirects", help: "Up to five, each checked like the first address.", advanced: true }),
	timeoutSeconds: z
		.number()
		.min(1)
		.max(600)
		.default(30)
		.meta({ label: "Response timeout", help: "Seconds until the whole response has arrived.", widget: "duration" }),
	maxResponseBytes: z
		.int()
		.min(1)
		.max(50 * MEGABYTE)
		.optional()
		.meta({
			label: "Size limit",
			help: "In bytes; the rest is cut off. Empty: a response over 2 MB (50 MB into the workspace, and what a file of a run may have) fails the step.",
			advanced: true,
		}),
	idempotencyHeader: headerName.optional().meta({
		label: "Idempotency header",
		help: "Sends the same key with every attempt, so that the server acts once.",
		placeholder: "Idempotency-Key",
		advanced: true,
	}),
});

const configSchema = fieldsSchema.superRefine(({ saveAs, keepAs, auth, authSecret, authHeader, headers }, context) => {
	const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
	if (saveAs !== undefined && keepAs !== undefined)
		refuse("keepAs", "The answer goes to one place: here or into a file of the workspace. Remove one of them");
	if (auth === "none") return;
	if (authSecret === undefined) refuse("authSecret", "Enter a credential, such as {{ secrets.my_token }}");
	const target = auth === "header" ? authHeader : "Authorization";
	if (target === undefined) refuse("authHeader", "Enter the name of the header that carries the key");
	else if (auth === "header" && problemOfHeaderName(target)) refuse("authHeader", problemOfHeaderName(target) ?? "");
	else if (Object.keys(headers).some((name) => name.toLowerCase() === target.toLowerCase()))
		refuse("auth", `${target} is set twice: here and under Headers. Remove one of them`);
});

export type HttpRequestConfig = z.infer<typeof configSchema>;

const outputSchema = z.object({
	status: z.int().meta({ label: "Status" }),
	ok: z.boolean().meta({ label: "Status was 200 to 299" }),
	headers: z.record(z.string(), z.string()).meta({ label: "Headers, in lower case" }),
	body: jsonSchema.meta({ label: "Body: a value when it is JSON, else text; null when it is in a file" }),
	file: z.string().nullable().meta({ label: "File of the workspace that holds the body" }),
	artifact: artifactRefSchema.nullable().meta({ label: "File of the run that holds the body" }),
	bytes: z.int().meta({ label: "Bytes of the body" }),
	url: z.string().meta({ label: "Address after redirects" }),
	truncated: z.boolean().meta({ label: "Body was cut off" }),
	durationMs: z.number().meta({ label: "Milliseconds it took" }),
});

export const httpRequestDefinition = defineNode({
	type: "http-request",
	title: "HTTP request",
	description: "Sends an HTTP request and outputs the response.",
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
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: outputSchema,
	warnings: ({ url }) => {
		const host = typeof url === "string" ? privateHost(url) : undefined;
		if (host === undefined) return [];
		const message = `${host} is a private address, which steps reach only where an administrator allows it: WEFT_ALLOW_ADDRESSES=${allowExample(host)}.`;
		return [{ field: "url", message }];
	},
	command: ({ method, url }) => (typeof url === "string" ? `${method ?? "GET"} ${url}` : undefined),
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
