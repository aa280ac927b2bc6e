import { expect, test } from "vitest";
import { checkConfig } from "@/server/plan/validate/validate-config";
import type { JsonObject } from "@/server/plan/values/json";
import { httpRequestDefinition } from "./definition";

function problemsOf(config: JsonObject) {
	const { issues } = checkConfig({ url: "https://acme.dev/x", ...config }, httpRequestDefinition);
	return issues.map(({ field, message }) => `${field}: ${message}`);
}

test.each<[JsonObject, string]>([
	[{ url: "https://acme.dev:22/x" }, "config.url: HTTP may not use port 22, which belongs to another protocol."],
	[{ url: "http://acme.dev:99999" }, "config.url: There is no port 99999: ports end at 65535."],
	[
		{ url: "https://acme.dev{{ inputs.path }}" },
		"config.url: Address (column 17): {{ inputs.path }} directly behind the host could make it another one. Put a / before it, or let one value hold the whole address.",
	],
	[
		{ url: "https://{{ inputs.a }}.acme.dev{{ inputs.b ?? 'c' }}?q=1" },
		"config.url: Address (column 32): {{ inputs.b ?? 'c' }} directly behind the host could make it another one. Put a / before it, or let one value hold the whole address.",
	],
	[
		{ headers: { Host: "{{ inputs.host }}" } },
		"config.headers.Host: The header Host cannot be set: it follows from the address and the body. Remove it.",
	],
	[{ headers: { "X A": "1" } }, "config.headers.X A: “X A” is no name of a header. Use letters, digits and hyphens."],
	[{ auth: "basic", authUser: "mara" }, "config.authSecret: Enter a credential, such as {{ secrets.my_token }}."],
	[
		{ auth: "header", authSecret: "{{ secrets.KEY }}" },
		"config.authHeader: Enter the name of the header that carries the key.",
	],
	[
		{ auth: "bearer", authSecret: "t", headers: { authorization: "x" } },
		"config.auth: Authorization is set twice: here and under Headers. Remove one of them.",
	],
])("%j is a problem before it is sent", (config, problem) => {
	expect(problemsOf(config)).toEqual([problem]);
});

test.each<JsonObject>([
	{ url: "https://acme.dev:8443/x", headers: { "X-A": "{{ inputs.a }}" } },
	{ url: "https://{{ inputs.a }}{{ inputs.b }}.acme.dev/{{ inputs.c }}" },
	{ url: "{{ inputs.base }}{{ inputs.path }}" },
	{ url: "https://acme.dev:{{ inputs.port }}/x" },
	{ url: "http://[2606:4700::1111]:8080/x?time=10:22" },
	{ auth: "basic", authUser: "mara", authSecret: "{{ secrets.PASSWORD }}" },
	{ query: { a: ["1", "{{ inputs.b }}"] }, bodyType: "multipart", method: "POST", files: { f: "a/b.txt" } },
])("%j is no problem", (config) => {
	expect(problemsOf(config)).toEqual([]);
});
