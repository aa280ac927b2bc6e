import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "./create-blank-workflow";
import { getDraft } from "./get-draft";
import { renameWorkflow, renameWorkflowInput } from "./rename-workflow";
import { saveDraft } from "./save-draft";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

const caller = () => team.members.editor;
const create = async () => (await createBlankWorkflow(caller(), { team: "acme", name: "Untitled" })).slug;
const rename = (slug: string, newSlug: string, name = "Renamed") =>
	renameWorkflow(caller(), { team: "acme", slug, name, newSlug });
const slugAt = async (slug: string) => (await getDraft(caller(), { team: "acme", slug })).slug;

test("a slug that is changed leads to the workflow, and so does every one that it had before", async () => {
	const first = await create();
	await rename(first, "night-job");
	await rename("night-job", "nightly");
	expect(await slugAt("nightly")).toBe("nightly");
	expect(await slugAt("night-job")).toBe("nightly");
	expect(await slugAt(first)).toBe("nightly");
	await rename(first, first);
	expect(await slugAt("nightly")).toBe(first);
});

test("a tab that is open under the old slug goes on saving", async () => {
	const old = await create();
	const { plan, revision } = await getDraft(caller(), { team: "acme", slug: old });
	await rename(old, "moved");
	const saved = await saveDraft(caller(), { team: "acme", slug: old, plan, revision });
	expect(saved).toMatchObject({ status: "saved" });
});

test("a slug that another workflow has is refused with its name; one that it gave up is free", async () => {
	const [one, other] = [await create(), await create()];
	await rename(one, "first", "First");
	await expect(rename(other, "first")).rejects.toThrow("“First” has the address first. Choose another one.");
	await rename("first", "second");
	await rename(other, "first");
	expect(await slugAt("first")).toBe("first");
	expect(await slugAt("second")).toBe("second");
});

test.each(["", "Two words", "-a", "a-", "a--b", "ä", "a".repeat(65)])("the slug “%s” is refused", (newSlug) => {
	expect(renameWorkflowInput.safeParse({ team: "acme", slug: "x", name: "X", newSlug }).success).toBe(false);
});
