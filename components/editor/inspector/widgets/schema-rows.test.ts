import { describe, expect, it } from "vitest";
import { newRow, readSchemaRows, retypeRow, writeSchemaRows } from "./schema-rows";

const schema = {
	type: "object",
	properties: {
		notes: { type: "string", description: "For people" },
		risk: { type: "string", enum: ["low", "high"] },
		files: { type: "array", items: { type: "string" } },
		where: { type: "object", properties: { line: { type: "integer" } } },
	},
	required: ["notes", "risk"],
	additionalProperties: false,
};

describe("schema rows", () => {
	it("reads each property and writes back the same schema", () => {
		const rows = readSchemaRows(schema) ?? [];
		expect(rows.map(({ name, type, required }) => [name, type, required])).toEqual([
			["notes", "string", true],
			["risk", "choice", true],
			["files", "list", false],
			["where", "other", false],
		]);
		expect(writeSchemaRows(rows)).toEqual(schema);
	});

	it("leaves schemas that say more than rows can show alone", () => {
		expect(readSchemaRows({ type: "object", oneOf: [] })).toBeUndefined();
		expect(readSchemaRows({ type: "array", items: {} })).toBeUndefined();
		expect(readSchemaRows("{{ inputs.schema }}")).toBeUndefined();
	});

	it("keeps the description when the type changes", () => {
		const [notes] = readSchemaRows(schema) ?? [];
		expect(notes && retypeRow(notes, "choice", ["a", "b"]).schema).toEqual({
			type: "string",
			enum: ["a", "b"],
			description: "For people",
		});
	});

	it("has no schema without rows, and free names for new ones", () => {
		expect(writeSchemaRows([])).toBeUndefined();
		expect(newRow([newRow([])]).name).toBe("field_2");
	});
});
