import { expect, test } from "vitest";
import { safePath } from "./safe-path";

test.each(["/demo/workflows", "/demo/workflows/a/runs/3?step=b#logs", "/"])("leads to %s", (path) => {
	expect(safePath(path)).toBe(path);
});

test.each([
	"https://evil.example/",
	"//evil.example/",
	"/\\evil.example",
	"/\t/evil.example",
	"/.//evil.example",
	"/..//evil.example/",
	"/a/..//evil.example",
	"/./\\evil.example",
	"/%2e//evil.example",
	"/.//[",
	"\\\\evil.example",
	"javascript:alert(1)",
	"demo/workflows",
	"",
	null,
	undefined,
])("leads to the start page instead of %j", (path) => {
	expect(safePath(path)).toBe("/");
});
