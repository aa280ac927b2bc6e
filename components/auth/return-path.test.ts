import { describe, expect, it } from "vitest";
import { safeReturnPath, signInPath } from "./return-path";

describe("safeReturnPath", () => {
	it("keeps a path of this site with its query", () => {
		expect(safeReturnPath("/acme/workflows?q=a")).toBe("/acme/workflows?q=a");
	});

	it.each(["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\nb", undefined, ["/a"]])(
		"leads to the start page instead of %j",
		(next) => {
			expect(safeReturnPath(next)).toBe("/");
		},
	);

	it("never leads back to signing in", () => {
		expect(safeReturnPath("/sign-in?next=/a")).toBe("/");
	});
});

describe("signInPath", () => {
	it("carries the page that was left", () => {
		expect(signInPath("/acme/workflows?q=a b")).toBe("/sign-in?next=%2Facme%2Fworkflows%3Fq%3Da%20b");
	});
});
