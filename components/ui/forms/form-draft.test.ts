import { describe, expect, it } from "vitest";
import type { FormField } from "@/server/plan/form-field";
import { checkDraft, startDraft } from "./form-draft";

const fields: FormField[] = [
	{ name: "branch", type: "text", required: true, default: "main" },
	{ name: "count", type: "number", required: false, min: 1 },
	{ name: "regions", type: "multiselect", required: true, options: ["eu", "us"] },
	{ name: "dry_run", type: "boolean", required: false },
	{ name: "extra", type: "json", required: false, default: { a: 1 } },
];

describe("startDraft", () => {
	it("opens with the defaults, numbers and JSON as text", () => {
		expect(startDraft(fields)).toEqual({
			branch: "main",
			count: "",
			regions: [],
			dry_run: false,
			extra: '{\n  "a": 1\n}',
		});
	});
});

describe("startDraft with what was given before", () => {
	it("opens with that where it still fits, and with the default where it does not", () => {
		const given = { branch: "dev", count: 2.5, regions: ["us", "gone"], dry_run: "yes", extra: [1], unknown: 1 };
		expect(startDraft(fields, given)).toEqual({
			branch: "dev",
			count: "2.5",
			regions: ["us"],
			dry_run: false,
			extra: "[\n  1\n]",
		});
	});
});

describe("checkDraft", () => {
	it("reads every control into its own type", () => {
		const draft = { branch: "dev", count: "2.5", regions: ["eu"], dry_run: true, extra: "[1]" };
		expect(checkDraft(fields, draft)).toEqual({
			values: { branch: "dev", count: 2.5, regions: ["eu"], dry_run: true, extra: [1] },
			errors: {},
		});
	});

	it("names what cannot be read, beside what the field refuses", () => {
		expect(checkDraft(fields, { count: "12345678901234567" }).errors.count).toContain("at most 15 digits");
		const { errors } = checkDraft(fields, { branch: "x", count: "many", regions: [], dry_run: false, extra: "{" });
		expect(errors.count).toBe("Enter a number, such as 12 or 0.5.");
		expect(errors.extra).toMatch(/^This is not JSON/);
		expect(errors.regions).toContain("choose at least one");
	});

	it("takes a default out where its control was emptied, opens without it again, and asks where it is required", () => {
		const emptied = { ...startDraft(fields), branch: "", regions: ["us"], extra: "" };
		expect(checkDraft(fields, emptied).errors).toEqual({ branch: "Enter a value." });
		const { values } = checkDraft(fields, { ...emptied, branch: "dev" });
		expect(values).toEqual({ branch: "dev", regions: ["us"], dry_run: false, extra: null });
		expect(startDraft(fields, values)).toMatchObject({ branch: "dev", extra: "" });
	});

	it("leaves out what was left empty", () => {
		const { values } = checkDraft(fields, { ...startDraft(fields), regions: ["us"], extra: "" });
		expect(values).not.toHaveProperty("count");
	});
});
