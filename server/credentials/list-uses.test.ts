import { expect, test } from "vitest";
import { planSchema } from "@/server/plan/plan";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { archiveWorkflow } from "@/server/workflows/archive-workflow";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { listCredentials } from "./list-credentials";
import { setCredential } from "./set-credential";

const { team } = await setUpTestTeam();

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

test("a credential is used by the webhook whose signature it checks, by the one before as well", async () => {
	await add("HOOK");
	await add("FORMER_HOOK");
	const { slug } = await createBlankWorkflow(editor(), { team: "acme", name: "Hooked" });
	const webhook = { type: "webhook", id: "shop", preset: "hmac", secret: "HOOK", formerSecret: "FORMER_HOOK.url" };
	const plan = planSchema.parse({ version: 1, triggers: [webhook], nodes: [] });
	await saveDraft(editor(), { team: "acme", slug, revision: 1, plan });
	expect(await usesOf("HOOK")).toEqual(["Hooked"]);
	expect(await usesOf("FORMER_HOOK")).toEqual(["Hooked"]);
	const { credentials } = await listCredentials(editor(), { team: "acme" });
	expect(credentials.find(({ name }) => name === "HOOK")?.usedBy[0]?.steps).toEqual(["Webhook"]);
});

test("a credential that workflows read and nobody added is told, with the steps that read it", async () => {
	await create("Reads nothing there", "echo '{{ secrets.GONE }} {{ secrets.DB.host }} {{ secrets.DB }}'");
	const archived = await create("Old", "echo '{{ secrets.LONG_GONE }}'");
	await archiveWorkflow(editor(), { team: "acme", slug: archived });
	const { missing } = await listCredentials(editor(), { team: "acme" });
	const use = { slug: "reads-nothing-there", name: "Reads nothing there", steps: ["Run"] };
	const usedBy = [{ ...use, isPublished: false, isArchived: false }];
	expect(missing).toEqual([{ name: "GONE", uses: 1, usedBy }]);
	expect((await listCredentials(team.members.operator, { team: "acme" })).missing).toEqual([]);
	await setCredential(editor(), {
		...{ team: "acme", name: "GONE", type: "token", values: { token: "mine" }, personal: true },
	});
	expect((await listCredentials(editor(), { team: "acme" })).missing).toEqual([]);
	expect((await listCredentials(team.members.admin, { team: "acme" })).missing).toMatchObject([{ name: "GONE" }]);
});

test("of very many workflows the first are named, and all are counted", async () => {
	await add("MANY");
	for (let at = 0; at < 22; at++) await create(`Many ${at}`, "echo '{{ secrets.MANY }}'");
	const { credentials } = await listCredentials(editor(), { team: "acme" });
	expect(credentials.find(({ name }) => name === "MANY")).toMatchObject({ uses: 22, usedBy: { length: 20 } });
});
