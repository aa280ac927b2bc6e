import { describe, expect, test } from "vitest";
import { z } from "zod";
import { resolveConfig } from "./references";

const schema = z.object({ url: z.string().meta({ references: "url" }), text: z.string().optional() });

function resolve(url: string, inputs: Record<string, string | number>) {
	return resolveConfig({ url }, schema, { inputs, secrets: { KEY: "a/b" } });
}

describe("a value in an address", () => {
	test.each([
		["https://x.dev/users/{{ inputs.name }}", "a/b?c#d", "https://x.dev/users/a%2Fb%3Fc%23d"],
		["https://x.dev/users/{{ inputs.name }}/posts", "é ü", "https://x.dev/users/%C3%A9%20%C3%BC/posts"],
		["https://x.dev/search?q={{ inputs.name }}&n=1", "a&b=c", "https://x.dev/search?q=a%26b%3Dc&n=1"],
		["https://x.dev/search?{{ inputs.name }}", "a=1&b=2", "https://x.dev/search?a=1&b=2"],
		["{{ inputs.name }}", "https://y.dev/a?b=c", "https://y.dev/a?b=c"],
		["{{ inputs.name }}/users", "https://y.dev/base", "https://y.dev/base/users"],
		["https://{{ inputs.name }}", "y.dev/a/b", "https://y.dev/a/b"],
		["https://{{ inputs.name }}.acme.dev/x", "eu", "https://eu.acme.dev/x"],
		["https://y.dev{{ inputs.name }}", "/next?page=2", "https://y.dev/next?page=2"],
		["https://y.dev{{ inputs.name }}", "", "https://y.dev"],
		["https://y.dev{{ inputs.name }}/x", ":8080", "https://y.dev:8080/x"],
		["https://y.dev:{{ inputs.name }}/x", "8080", "https://y.dev:8080/x"],
		["https://api.{{ inputs.name }}/x", "acme.dev", "https://api.acme.dev/x"],
		["http://node{{ inputs.name }}/x", "7", "http://node7/x"],
	])("%s with %s is %s", (url, name, expected) => {
		expect(resolve(url, { name }).config.url).toBe(expected);
	});

	test("of a base that is a value is escaped all the same", () => {
		const { config } = resolve("{{ inputs.base }}/users/{{ inputs.id }}", { base: "https://y.dev/v1", id: "a/b" });
		expect(config.url).toBe("https://y.dev/v1/users/a%2Fb");
	});

	test.each([
		["https://{{ inputs.name }}.acme.dev/x", "evil.dev/"],
		["https://api{{ inputs.name }}/x", "@evil.dev"],
		["https://x.dev/users/{{ inputs.name }}", ".."],
		["http://node{{ inputs.name }}/x", ".evil.dev"],
		["http://node{{ inputs.name }}:80/x", "。evil"],
		["https://x.dev/users/{{ inputs.name }}/keys", "."],
	])("%s refuses %s", (url, name) => {
		expect(() => resolve(url, { name })).toThrow(/cannot stand|letters, digits and hyphens only/);
	});

	test.each([
		["https://y.dev{{ inputs.name }}", ".evil.dev"],
		["https://y.dev{{ inputs.name }}/x", "-evil.dev"],
		["https://y.dev{{ inputs.name }}:80/x", "\t.evil.dev"],
		["https://y.dev{{ inputs.name }}{{ inputs.none }}", "elopment"],
		["https://y.dev:80{{ inputs.name }}", "80"],
		["{{ inputs.base }}{{ inputs.name }}", ".evil.dev"],
	])("%s does not let %s make another host of it", (url, name) => {
		const inputs = { name, none: "", base: "https://y.dev" };
		expect(() => resolve(url, inputs)).toThrow("would make it another one");
	});

	test("is recorded escaped, a secret as its name", () => {
		const { config, recorded } = resolve("https://x.dev/{{ inputs.a }}/{{ secrets.KEY }}", { a: "1/2" });
		expect([config.url, recorded.url]).toEqual(["https://x.dev/1%2F2/a%2Fb", "https://x.dev/1%2F2/{{ secrets.KEY }}"]);
	});
});
