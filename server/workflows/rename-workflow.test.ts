import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { takeFreeSlug } from "@/server/teams/take-free-slug";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "./create-blank-workflow";
import { getDraft } from "./get-draft";
import { renameWorkflow, renameWorkflowInput } from "./rename-workflow";
import { saveDraft } from "./save-draft";
import { slugsOf } from "./workflow-ref";

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

test("an address that was made of the name goes with it, under a number where it is taken", async () => {
	const { slug } = await createBlankWorkflow(caller(), { team: "acme", name: "Draft of mine" });
	const call = (name: string) => renameWorkflow(caller(), { team: "acme", slug, name });
	expect(await call("Weekly report")).toMatchObject({ slug: "weekly-report" });
	const { slug: other } = await createBlankWorkflow(caller(), { team: "acme", name: "Monthly report" });
	expect(other).toBe("monthly-report");
	expect(await call("Monthly report")).toMatchObject({ slug: "monthly-report-2" });
	expect(await call("Monthly Report!")).toMatchObject({ slug: "monthly-report-2" });
	expect(await call("報告")).toMatchObject({ slug: "monthly-report-2" });
});

test("an address that somebody chose stays when the name changes", async () => {
	const slug = await create();
	await rename(slug, "chosen", "Something else");
	const call = renameWorkflow(caller(), { team: "acme", slug: "chosen", name: "Yet another" });
	expect(await call).toMatchObject({ name: "Yet another", slug: "chosen" });
});

test("of two workflows that want one address at once, one gets it", async () => {
	const [one, other] = [await create(), await create()];
	const both = await Promise.allSettled([rename(one, "wanted"), rename(other, "wanted")]);
	expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
});

test.each(["", "Two words", "-a", "a-", "a--b", "ä", "a".repeat(65)])("the slug “%s” is refused", (newSlug) => {
	expect(renameWorkflowInput.safeParse({ team: "acme", slug: "x", name: "X", newSlug }).success).toBe(false);
});

test("a name that very many workflows have is tried twice, and gets the first number that none has or had", async () => {
	await database.sql`
		insert into workflows (id, team_id, slug, name, description, draft)
		select 'copy-' || n, ${team.id}, case n when 1 then 'copy' else 'copy-' || n end, 'Copy', '', '{}'
		from generate_series(1, 10000) n where n <> 7000`;
	await database.sql`update workflows set former_slugs = '{copy-10001}' where id = 'copy-9'`;
	const tried: string[] = [];
	await database.db.transaction((tx) =>
		takeFreeSlug(tx, { slug: "copy", taken: slugsOf(team.id) }, async (slug) => {
			tried.push(slug);
			return tried.length === 1 ? null : slug;
		}),
	);
	expect(tried).toEqual(["copy", "copy-7000"]);
	const make = async () => (await createBlankWorkflow(caller(), { team: "acme", name: "Copy" })).slug;
	expect([await make(), await make()]).toEqual(["copy-7000", "copy-10002"]);
	const renamed = await renameWorkflow(caller(), { team: "acme", slug: await create(), name: "Copy" });
	expect(renamed.slug).toBe("copy-10003");
});

test("people who choose one name at once all get a workflow", async () => {
	const made = await Promise.all(
		Array.from({ length: 8 }, () => createBlankWorkflow(caller(), { team: "acme", name: "Twin" })),
	);
	const slugs = made.map(({ slug }) => slug).sort();
	expect(slugs).toEqual(["twin", ...[2, 3, 4, 5, 6, 7, 8].map((number) => `twin-${number}`)]);
});
