import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { galleryQuerySchema, listTemplates } from "./list-templates";
import { STRANGER } from "./template";

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

async function list(address: Record<string, string | string[]>) {
	return await listTemplates(database.db, STRANGER, galleryQuerySchema.parse(address));
}
const slugsOf = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ slug }) => slug);

describe("the gallery", () => {
	test("finds a template by words that stand in its name, its steps or what it does, in any order", async () => {
		expect(slugsOf(await list({ q: "region PIPELINE" }))).toEqual(["release-pipeline"]);
		expect(slugsOf(await list({ q: "take the sample" }))).toEqual(["pod-crash-report"]);
		expect(await list({ q: "a perpetual motion machine" })).toMatchObject({ items: [], found: 0 });
	});

	test("counts in every category what the search finds, whichever category is looked at", async () => {
		const all = await list({ q: "invoice" });
		const data = await list({ q: "invoice", category: "release" });
		expect(data.items).toEqual([]);
		expect(data.categories).toEqual(all.categories);
		expect(all.categories.find(({ id }) => id === "data")?.count).toBe(1);
		expect(all.categories.reduce((sum, { count }) => sum + count, 0)).toBe(all.found);
	});

	test("sorts by name or by the number of steps", async () => {
		const names = (await list({})).items.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "en")));
		const sizes = (await list({ sort: "steps" })).items.map(({ plan }) => plan.nodes.length);
		expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
	});

	test("leaves out what wants a key, when asked to", async () => {
		expect(slugsOf(await list({}))).toContain("weekly-digest");
		expect(slugsOf(await list({ keyless: "1" }))).not.toContain("weekly-digest");
	});

	test("never fails at an address, however wrong", async () => {
		const whole = await list({});
		expect(await list({ q: ["", "x"], category: "__proto__", sort: "toString" })).toEqual(whole);
		expect(await list({ q: "x".repeat(5_000) })).toEqual(whole);
	});
});
