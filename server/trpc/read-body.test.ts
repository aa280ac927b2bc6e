import { expect, test } from "vitest";
import { queueBodyParsing } from "./read-body";

/** As Next.js hands it to a route: a proxy whose methods are bound to what is behind it. */
function requestOf(body: string): Request {
	const headers = { "content-length": String(body.length) };
	return new Proxy(new Request("http://weft.test/", { method: "POST", body, headers }), {
		get: (target, key) => {
			const value: unknown = Reflect.get(target, key, target);
			return typeof value === "function" ? value.bind(target) : value;
		},
	});
}

test.each([10, 30_000])("a request of %d values is read as it is", async (length) => {
	const values = Array.from({ length }, () => ({ text: 'a,"b\\' }));
	expect(await queueBodyParsing(requestOf(JSON.stringify(values))).json()).toEqual(values);
});

test("commas inside texts are no values", async () => {
	const values = { text: ",".repeat(300_000), escaped: '\\",'.repeat(100_000) };
	expect(await queueBodyParsing(requestOf(JSON.stringify(values))).json()).toEqual(values);
});

test.each([`[${"{},".repeat(600_000)}{}]`, `[${"0,".repeat(300_000)}`])(
	"a request of too many values is refused before it is parsed, whole or torn",
	async (body) => {
		await expect(queueBodyParsing(requestOf(body)).json()).rejects.toMatchObject({ code: "too_large" });
	},
);

test("a large request that is no JSON is refused as such", async () => {
	await expect(queueBodyParsing(requestOf(`["${"a".repeat(60_000)}`)).json()).rejects.toBeInstanceOf(SyntaxError);
});
