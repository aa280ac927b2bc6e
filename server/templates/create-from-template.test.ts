import { expect, test } from "vitest";
import { setCredential } from "@/server/credentials/set-credential";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { getWorkflow } from "@/server/workflows/get-workflow";
import { createFromTemplate, createFromTemplateInput } from "./create-from-template";

const { database, team } = await setUpTestTeam();

async function use(answers: object) {
	const made = await createFromTemplate(
		team.members.editor,
		createFromTemplateInput.parse({ team: "acme", ...answers }),
	);
	return { ...made, workflow: await getWorkflow(team.members.editor, { team: "acme", slug: made.slug }) };
}
const stepOf = ({ workflow }: Awaited<ReturnType<typeof use>>, id: string) =>
	workflow.plan.nodes.find((node) => node.id === id);

test("a template becomes a workflow that can be run, and what wants a credential is passed by until it is there", async () => {
	const made = await use({ template: "weekly-digest" });
	expect(made).toMatchObject({
		slug: "weekly-digest",
		workflow: { name: "Weekly digest", version: 1, isRunnable: true },
	});
	expect(stepOf(made, "tell_channel")).toMatchObject({ disabled: true });
	expect(stepOf(made, "digest")).not.toHaveProperty("disabled");
});

test("the steps read the credential that was chosen, whatever the template called it", async () => {
	const webhook = { type: "token", values: { token: "https://chat.example.com/hook-1234" } } as const;
	await setCredential(team.members.admin, { team: "acme", name: "TEAM_CHAT", ...webhook });
	const made = await use({ template: "weekly-digest", credentials: { chat_webhook: "TEAM_CHAT" } });
	expect(made.issues).toEqual([]);
	expect(stepOf(made, "tell_channel")).toMatchObject({ config: { url: "{{ secrets.TEAM_CHAT }}" } });
	expect(stepOf(made, "tell_channel")).not.toHaveProperty("disabled");
});

test("values become the defaults, an optional text that was emptied stays text, and prompts go to the model that was chosen", async () => {
	const inputs = { task: "Write a haiku.", max_words: 40 };
	const made = await use({
		template: "write-review-loop",
		name: "Haiku",
		inputs,
		provider: "gemini",
		model: "gemini-2.5-pro",
	});
	const defaults = made.workflow.plan.inputs.map(({ name, default: value }) => [name, value]);
	expect(Object.fromEntries(defaults)).toEqual({ task: "Write a haiku.", max_words: 40, must_mention: "" });
	expect(made.workflow.name).toBe("Haiku");
	expect(stepOf(made, "write")?.config).toMatchObject({ provider: "gemini", model: "gemini-2.5-pro" });
});

test("a value that does not fit is refused beside its field, and nothing is made", async () => {
	const before = await database.sql`select id from workflows`;
	const refused = use({ template: "write-review-loop", inputs: { task: "", max_words: "many", other: 1 } });
	await expect(refused).rejects.toMatchObject({
		code: "invalid",
		details: { issues: [{ field: "task" }, { field: "max_words" }, { field: "other" }] },
	});
	expect(await database.sql`select id from workflows`).toHaveLength(before.length);
});

test("an unknown template is not found, and only editors may use one", async () => {
	await expect(use({ template: "__proto__" })).rejects.toMatchObject({ code: "not_found" });
	const input = createFromTemplateInput.parse({ team: "acme", template: "site-uptime" });
	await expect(createFromTemplate(team.members.operator, input)).rejects.toMatchObject({ code: "forbidden" });
});

test("of which template a workflow was made goes with the workflow", async () => {
	const { workflow } = await use({ template: "weekly-digest" });
	const origin = () => database.sql`select template, version from workflow_origins where workflow_id = ${workflow.id}`;
	expect([...(await origin())]).toEqual([{ template: "weekly-digest", version: 1 }]);
	await database.sql`delete from workflows where id = ${workflow.id}`;
	expect(await origin()).toHaveLength(0);
});
