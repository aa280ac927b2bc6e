import { describe, expect, it } from "vitest";
import { signInPath } from "./return-path";

describe("signInPath", () => {
	it("carries the page that was left, with its query", () => {
		expect(signInPath("/acme/workflows?q=a b")).toBe("/sign-in?next=%2Facme%2Fworkflows%3Fq%3Da%20b");
	});

	it("has nothing to carry from the start page", () => {
		expect(signInPath("/")).toBe("/sign-in");
	});
});
