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
	await rename(first, "late-job");
	await rename("late-job", "nightly");
	expect(await slugAt("nightly")).toBe("nightly");
	expect(await slugAt("late-job")).toBe("nightly");
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

test("a slug that leads to another workflow is refused with its name, also one that it gave up", async () => {
	const [one, other] = [await create(), await create()];
	await rename(one, "first", "First");
	await rename("first", "second", "Second");
	for (const taken of ["first", "second"]) {
		await expect(rename(other, taken)).rejects.toThrow(`The address ${taken} leads to “Second”. Choose another one.`);
	}
	expect(await slugAt(other)).toBe(other);
});

test("a new workflow never gets a slug that another one gave up", async () => {
	const { slug } = await createBlankWorkflow(caller(), { team: "acme", name: "Night job" });
	await rename(slug, "day-job");
	expect(await createBlankWorkflow(caller(), { team: "acme", name: "Night job" })).toMatchObject({
		slug: "night-job-2",
	});
});

test.each(["", "Two words", "-a", "a-", "a--b", "ä", "a".repeat(65)])("the slug “%s” is refused", (newSlug) => {
	expect(renameWorkflowInput.safeParse({ team: "acme", slug: "x", name: "X", newSlug }).success).toBe(false);
});
