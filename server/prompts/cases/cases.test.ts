import { describe, expect, test } from "vitest";
import { setTeamBudget } from "@/server/budgets/set-budget";
import { setCredential } from "@/server/credentials/set-credential";
import { caseKey, type Expectation, hashText, judgeAnswer } from "@/server/plan/prompts/prompt-case";
import { insertTestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createPrompt, savePrompt } from "../save-prompt";
import { testPromptText } from "../test-prompts";
import { beginCases, type CasesNews } from "./begin-cases";
import { listCases } from "./list-cases";
import { listSamples } from "./list-samples";
import { removeCase } from "./remove-case";
import { saveCase } from "./save-case";

const { database, team } = await setUpTestTeam();
const editor = team.members.editor;

const TEXT = testPromptText("notes", "Say something about {{topic}}.");
await createPrompt(editor, { team: "acme", text: TEXT });

const at = { team: "acme", prompt: "notes" };
const keep = (name: string, expectation: Expectation, topic = "weaving", id?: string) =>
	saveCase(editor, { ...at, name, expectation, variables: { topic }, id });

async function tryCases(text = TEXT, signal = new AbortController().signal): Promise<CasesNews[]> {
	const news: CasesNews[] = [];
	const ask = await beginCases(editor, { ...at, text, provider: "demo", maxTokens: 500 });
	await ask((each) => news.push(each), signal);
	return news;
}

const FIRST: Expectation = { kind: "contains", text: "WEAVING" };

describe("test cases", () => {
	test("are kept with their prompt, changed, and each deleted once", async () => {
		const { id } = await keep("b", FIRST);
		await keep("a", { kind: "any" });
		await expect(keep("b", FIRST)).rejects.toMatchObject({ code: "conflict" });
		await keep("c", { kind: "equals", text: "x" }, "looms", id);
		const listed = await listCases(team.members.viewer, at);
		expect(listed.map(({ name, result }) => [name, result])).toEqual([
			["a", null],
			["c", null],
		]);
		expect(listed[1]).toMatchObject({ variables: { topic: "looms" }, expectation: { kind: "equals" } });
		await Promise.all([1, 2].map(() => removeCase(editor, { ...at, id })));
		await expect(keep("d", FIRST, "looms", id)).rejects.toMatchObject({ code: "not_found" });
		expect(await listCases(editor, at)).toHaveLength(1);
		const [audit] = await database.sql`
			select count(*)::int as count from audit_log where action in ('prompt.case_saved', 'prompt.case_removed')`;
		expect(audit?.count).toBe(4);
	});

	test("are all tried with a text that is not saved, and each keeps how it came out", async () => {
		await keep("found", FIRST);
		await keep("missing", { kind: "contains", text: "never said" });
		const schema = { type: "object", properties: { title: { type: "string" } }, required: ["title"] };
		await keep("shape", { kind: "schema", schema });
		await saveCase(editor, { ...at, name: "unfit", expectation: { kind: "any" }, variables: { topic: "a", other: 1 } });
		const news = await tryCases();
		expect(news.at(-1)).toEqual({ type: "done" });
		const listed = await listCases(editor, at);
		const results = Object.fromEntries(listed.map(({ name, result }) => [name, result]));
		expect(results).toMatchObject({
			a: { passed: true },
			found: { passed: true, reason: "", usage: { provider: "demo" } },
			missing: { passed: false, reason: "“never said” is not in the answer." },
			shape: { passed: true },
			unfit: { passed: false, reason: expect.stringContaining("no variable other"), usage: null },
		});
		const [found] = listed.filter(({ name }) => name === "found");
		expect(found?.result?.of).toBe(found && caseKey(hashText(TEXT), found));
		expect(found && caseKey(hashText(`${TEXT} `), found)).not.toBe(found?.result?.of);
		const [calls] = await database.sql`select count(*)::int as count from model_calls where purpose = 'prompt-test'`;
		expect(calls?.count).toBe(4);
	});

	test("keep how they came out before when a call fails, and the others are not begun", async () => {
		await setTeamBudget(team.members.admin, { team: "acme", budget: "0" });
		await setCredential(team.members.admin, { team: "acme", name: "KEY", type: "token", values: { token: "sk-1" } });
		const before = await listCases(editor, at);
		const news: CasesNews[] = [];
		const choice = { provider: "anthropic", credential: "KEY", maxTokens: 9 };
		const ask = await beginCases(editor, { ...at, ...choice, text: TEXT });
		await ask((each) => news.push(each), new AbortController().signal);
		expect(news).toEqual([
			{
				type: "failed",
				message: expect.stringMatching(/^The call for “.+” failed: The budget of the team .* is spent/),
			},
		]);
		expect(await listCases(editor, at)).toEqual(before);
	});

	test("stop with whoever reads them, and refuse a text with a mistake", async () => {
		expect(await tryCases(TEXT, AbortSignal.abort())).toEqual([]);
		await expect(tryCases("no front matter")).rejects.toMatchObject({ code: "invalid" });
		await expect(
			beginCases(team.members.viewer, { ...at, text: TEXT, provider: "demo", maxTokens: 9 }),
		).rejects.toMatchObject({ code: "forbidden" });
	});

	test("of a prompt are fifty at most", async () => {
		await createPrompt(editor, { team: "acme", text: testPromptText("many", "Hi") });
		const [row] = await database.sql`select id from prompts where name = 'many'`;
		await database.sql`
			insert into prompt_cases (id, prompt_id, name, variables, expectation)
			select 'many-' || n, ${row?.id}, n::text, '{}', '{"kind": "any"}' from generate_series(1, 50) n`;
		const more = saveCase(editor, {
			team: "acme",
			prompt: "many",
			name: "x",
			expectation: { kind: "any" },
			variables: {},
		});
		await expect(more).rejects.toThrow("at most 50");
	});
});

test("what steps of runs have handed to a prompt can be taken as sample data", async () => {
	const { runId } = await insertTestRun(database, team.id);
	const [prompt] = await database.sql`select id from prompts where name = 'notes'`;
	await savePrompt(editor, { ...at, text: `${TEXT}\n`, version: 1, note: "" });
	const pinned = { ask: { promptId: prompt?.id, version: 1 }, other: { promptId: "another", version: 1 } };
	await database.sql`update runs set prompts = ${database.sql.json(pinned)} where id = ${runId}`;
	await database.sql`
		insert into run_steps (run_id, node_id, status, started_at, input) values
			(${runId}, 'ask', 'completed', now(), '{"promptName": "notes", "variables": {"topic": "looms"}}'),
			(${runId}, 'other', 'completed', now(), '{"variables": {"topic": "no"}}')`;
	const samples = await listSamples(team.members.viewer, at);
	expect(samples).toMatchObject([{ nodeId: "ask", version: 1, variables: { topic: "looms" } }]);
});

test.each<[Expectation, Partial<Parameters<typeof judgeAnswer>[1]>, string]>([
	[{ kind: "contains", text: " Weaving " }, { text: "on weaving" }, ""],
	[{ kind: "equals", text: "yes\n" }, { text: " yes" }, ""],
	[{ kind: "equals", text: "yes" }, { text: "Yes" }, "another text"],
	[{ kind: "any" }, { text: " " }, "empty"],
	[{ kind: "any" }, { text: "half", isWhole: false }, "cut off"],
	[{ kind: "schema", schema: { type: "object" } }, { text: "{" }, "no JSON"],
	[{ kind: "schema", schema: { properties: { n: { type: "number" } } } }, { json: { n: "1" } }, "n does not fit"],
])("%j of %j: %s", (expectation, answer, reason) => {
	const said = judgeAnswer(expectation, { text: "", isWhole: true, ...answer });
	if (reason === "") expect(said).toBe("");
	else expect(said).toContain(reason);
});
