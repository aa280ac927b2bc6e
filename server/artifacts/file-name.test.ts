import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFile } from "./describe-file";
import { toFileName } from "./file-name";

describe("the name of a stored file", () => {
	it.each([
		["report.html", "report.html"],
		["shots/one.png", "shots/one.png"],
		["a\nb\u202Egnp.exe", "a_b_gnp.exe"],
		["C:\\x.txt", "C__x.txt"],
		["e\u0301.txt", "é.txt"],
		["ünïcode/日本語.txt", "ünïcode/日本語.txt"],
		[" spaced .txt ", "spaced .txt"],
	])("keeps what is plain of %j", (path, name) => {
		expect(toFileName(path)).toBe(name);
	});

	it.each([
		["../up"],
		["a/../../b"],
		["/absolute"],
		["a//b"],
		["."],
		[""],
		["..."],
		["dot."],
		["NUL"],
		["com1.txt"],
		["\uD800"],
		["x".repeat(201)],
		["a/".repeat(13)],
	])("refuses %j", (path) => {
		expect(toFileName(path)).toBeUndefined();
	});

	it("leads nowhere else, whatever it was", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: "grapheme" }),
				fc.array(fc.constantFrom("..", "/", "\\", ".", "a")),
				(text, parts) => {
					const name = toFileName(parts.join("") + text);
					for (const part of name?.split("/") ?? []) expect(part).not.toMatch(/^\.{0,2}$|[\\\0\n]/);
				},
			),
		);
	});
});

describe("what a name says of a file", () => {
	it.each([
		["shot.png", "image/png", "screenshot"],
		["build.log", "text/plain", "log"],
		["junit-unit.xml", "application/xml", "test-report"],
		["TEST-com.acme.xml", "application/xml", "test-report"],
		["agent.session.jsonl", "application/octet-stream", "session"],
		["page.har", "application/octet-stream", "session"],
		["app-1.2.tar.gz", "application/gzip", "build"],
		["notes.md", "text/markdown", "document"],
		["logs/worker", "application/octet-stream", "log"],
		["reports/index.html", "text/html", "test-report"],
		["constructor/x", "application/octet-stream", "other"],
		["data", "application/octet-stream", "other"],
	])("%s is %s, a %s", (name, type, kind) => {
		expect(describeFile(name)).toEqual({ type, kind });
	});
});
