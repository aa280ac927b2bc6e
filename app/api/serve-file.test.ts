import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { serveFile } from "./serve-file";

function serve(
	type: string,
	{ name = "file", keep = false, range }: { name?: string; keep?: boolean; range?: string } = {},
) {
	const bytes = Buffer.from("0123456789");
	const request = new Request("http://localhost/", { headers: range ? { range } : {} });
	const file = {
		...{ name, type, size: bytes.length },
		open: async (part?: { first: number; last: number }) =>
			Readable.from([part ? bytes.subarray(part.first, part.last + 1) : bytes]),
	};
	return serveFile(request, file, keep);
}

describe("a file of a run", () => {
	test.each([
		["image/png", "image/png", "inline"],
		["image/svg+xml", "image/svg+xml", "inline"],
		["text/html", "text/html", "inline"],
		["text/csv", "text/plain; charset=utf-8", "inline"],
		["application/json", "text/plain; charset=utf-8", "inline"],
		["application/xml", "text/plain; charset=utf-8", "inline"],
		["application/pdf", "application/pdf", "attachment"],
		["application/octet-stream", "application/octet-stream", "attachment"],
		["application/xhtml+xml", "text/plain; charset=utf-8", "inline"],
	])("of type %s is answered as %s, %s, where it runs and loads nothing", async (type, sent, disposition) => {
		const { headers } = await serve(type);
		expect(headers.get("content-type")).toBe(sent);
		expect(headers.get("content-disposition")).toMatch(new RegExp(`^${disposition};`));
		expect(headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'; /);
		expect(headers.get("content-security-policy")).not.toContain("allow-");
		expect(headers.get("x-content-type-options")).toBe("nosniff");
	});

	test("is saved under its name when it is asked for so", async () => {
		const { headers } = await serve("text/html", { name: 'a/"übel"\r\n.html', keep: true });
		expect(headers.get("content-disposition")).toBe(
			`attachment; filename="__bel___.html"; filename*=UTF-8''%22%C3%BCbel%22%0D%0A.html`,
		);
	});

	test.each([
		[undefined, 200, "0123456789", null],
		["bytes=2-4", 206, "234", "bytes 2-4/10"],
		["bytes=8-", 206, "89", "bytes 8-9/10"],
		["bytes=-3", 206, "789", "bytes 7-9/10"],
		["bytes=0-99", 206, "0123456789", "bytes 0-9/10"],
		["bytes=10-", 416, "The file has no such part.", "bytes */10"],
		["bytes=4-2", 416, "The file has no such part.", "bytes */10"],
		["bytes=0-1,4-5", 200, "0123456789", null],
		["bytes=-", 200, "0123456789", null],
		["lines=1-2", 200, "0123456789", null],
	])("answers the range %s with %i", async (range, status, body, told) => {
		const answer = await serve("text/plain", { range });
		expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([status, body, told]);
	});
});
