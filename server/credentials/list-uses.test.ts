import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { planSchema } from "@/server/plan/plan";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { archiveWorkflow } from "@/server/workflows/archive-workflow";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { listCredentials } from "./list-credentials";
import { setCredential } from "./set-credential";

let database: TestDatabase;
let team: TestTeam;
beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

const editor = () => team.members.editor;

function add(name: string) {
	return setCredential(team.members.admin, {
		team: "acme",
		name,
		type: "database-url",
		values: { url: "redis://u:p@host" },
	});
}

async function create(name: string, command: string): Promise<string> {
	const { slug } = await createBlankWorkflow(editor(), { team: "acme", name });
	await draw(slug, 1, command);
	return slug;
}

function draw(slug: string, revision: number, command: string) {
	const nodes = [{ id: "run", type: "shell", name: "Run", config: { command } }];
	return saveDraft(editor(), { team: "acme", slug, revision, plan: planSchema.parse({ version: 1, nodes }) });
}

async function usesOf(name: string) {
	const { credentials } = await listCredentials(editor(), { team: "acme" });
	const found = credentials.find((credential) => credential.name === name);
	return found?.usedBy.map(
		(use) => `${use.name}${use.isPublished ? " published" : ""}${use.isArchived ? " archived" : ""}`,
	);
}

test("a credential is used by the drafts and the published versions that refer to it, by whole or by part", async () => {
	await add("DB");
	await add("OTHER");
	await create("Prose", "echo secrets.DB and {{ inputs.secrets ?? 1 }}");
	await create("Draft", "connect '{{ secrets.DB.host }}'");
	const slug = await create("Published", "connect '{{ trigger.where ?? secrets.DB }}'");
	await publishWorkflow(editor(), { team: "acme", slug, revision: 2 });
	await draw(slug, 2, "echo '{{ secrets.OTHER }}'");
	expect(await usesOf("DB")).toEqual(["Published published", "Draft"]);
	expect(await usesOf("OTHER")).toEqual(["Published"]);
	await draw(slug, 3, "echo none");
	expect(await usesOf("OTHER")).toEqual([]);
	expect(await usesOf("DB")).toEqual(["Published published", "Draft"]);
	await archiveWorkflow(editor(), { team: "acme", slug });
	expect(await usesOf("DB")).toEqual(["Draft", "Published published archived"]);
});

test("of very many workflows the first are named, and all are counted", async () => {
	await add("MANY");
	for (let at = 0; at < 22; at++) await create(`Many ${at}`, "echo '{{ secrets.MANY }}'");
	const { credentials } = await listCredentials(editor(), { team: "acme" });
	expect(credentials.find(({ name }) => name === "MANY")).toMatchObject({ uses: 22, usedBy: { length: 20 } });
});
