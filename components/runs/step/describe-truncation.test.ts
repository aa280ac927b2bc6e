import { expect, it } from "vitest";
import { describeTruncation } from "./describe-truncation";

const mark = { bytes: 14_200_000, file: "/w/output/list.stdout", isWhole: true, end: "last" };

it("says which text of an output was too long, and where the whole is", () => {
	expect(describeTruncation({ exitCode: 0, stderr: "", truncated: { stdout: mark } })).toEqual([
		"stdout is too long to hand on (14.2 MB). The whole is in /w/output/list.stdout, until the run ends.",
	]);
});

it("says nothing of an output that is whole, or of a value that somebody named truncated", () => {
	expect(describeTruncation({ exitCode: 0, stdout: "a", truncated: { stdout: mark } })).toEqual([]);
	expect(describeTruncation({ truncated: { stdout: true } })).toEqual([]);
	expect(describeTruncation("text")).toEqual([]);
});
