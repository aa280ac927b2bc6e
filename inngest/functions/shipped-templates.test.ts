import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hasGit } from "@/server/nodes/git/test-git-server";
import { parseFormValues } from "@/server/plan/form-values";
import type { Plan } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import { foldRun, initialRunState, isEnded, type RunState } from "@/server/runs/state";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { startRun } from "@/server/runs/verbs/start-run";
import { watchRuns } from "@/server/runs/watch/watch-runs";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { fillTemplate } from "@/server/templates/fill-template";
import { recordSample } from "@/server/templates/sample-run";
import { readShippedTemplates, shippedFolder } from "@/server/templates/shipped-templates";
import { type FarSide, startFarSide } from "@/server/templates/test-far-side";
import { testFire } from "@/server/triggers/hooks/send-again";
import { createWorkflow } from "@/server/workflows/create-workflow";
import { insertVersion } from "@/server/workflows/insert-version";
import { readEvents } from "./test-runs";
import { setUpWorker } from "./test-worker";

vi.stubEnv("WEFT_SECRET", TEST_SECRET);
const { database } = await setUpWorker();
let team: TestTeam;
let far: FarSide;

beforeAll(async () => {
	team = await createTestTeam(database, "acme");
	far = await startFarSide();
});
afterAll(() => far.stop());

interface Case {
	slug: string;
	/** Beside its defaults. */
	input: (far: FarSide) => JsonObject;
	/** What a person answers when a step asks. */
	answer?: JsonObject;
	output: JsonObject;
	/** Steps that are passed by without its credentials, or not taken. */
	skipped?: string[];
}

const text = expect.any(String);
const containing = (part: string) => expect.stringContaining(part);
const none = () => ({});

const CASES: readonly Case[] = [
	{
		slug: "release-pipeline",
		input: none,
		output: { version: "1.4.0", commit: text, summary: containing("Version 1.4.0") },
		skipped: ["explain", "hold_back"],
	},
	{
		slug: "release-notes",
		input: none,
		output: {
			text: containing("### Fixed\n\n- Orders without a street arrive ("),
			commits: 4,
			branch: "release-notes-1.3.0",
			commit: text,
			patch: containing("+## 1.3.0"),
		},
		skipped: ["clone"],
	},
	{
		slug: "pull-request-review",
		input: none,
		output: { comment: containing("TODO"), broken_rules: 1 },
		skipped: ["post"],
	},
	{
		slug: "nightly-dependency-update",
		input: none,
		output: { updated: "2", left_out: [{ index: 1, item: "parser", error: text }], patch: containing("+toolbox 3.0") },
		skipped: ["push"],
	},
	{
		slug: "incident-investigation",
		input: ({ http }) => ({ dependencies: `${http}/up\n${http}/down` }),
		output: {
			alert: "Checkout answers with errors",
			errors: containing("3 times since 2026-03-02T10:09:03Z: error payment timed out after # ms"),
			changes: "2026-03-02T10:05:30Z payment 8.1.0",
			unreachable: [{ index: 1, item: expect.stringContaining("/down"), error: text }],
			cause: text,
		},
		skipped: ["suggest_dependencies"],
	},
	{
		slug: "pod-crash-report",
		input: none,
		output: { pod: "default/checkout-7c9f", reason: "memory", restarts: 6, text: containing("out of memory") },
		skipped: ["ask_cluster", "no_image", "bad_config", "look_closer"],
	},
	{
		slug: "certificate-expiry",
		input: ({ tls }) => ({ hosts: `${tls}\n127.0.0.1:1` }),
		output: { report: containing("9 days"), soon: [containing("127.0.0.1:")], unreadable: 1 },
		skipped: ["all_well"],
	},
	{
		slug: "site-uptime",
		input: ({ http }) => ({ addresses: `${http}/up\n${http}/down\n${http}/empty`, must_contain: "here I am" }),
		output: { report: containing("lacks “here I am”"), troubled: 2 },
	},
	{
		slug: "database-backup-check",
		input: none,
		output: { verdict: "The backup is good.", problems: [], bytes: expect.any(Number), sha256: text },
		skipped: ["fetch_dump", "raise_alarm"],
	},
	{
		slug: "data-clean-up",
		input: none,
		output: {
			table: containing("Ada Lovelace,ada@example.com,+442079460018,2024-12-10"),
			kept: 3,
			duplicates: 1,
			left_out: [expect.objectContaining({ name: "Alan Turing", problem: "no e-mail address" })],
		},
		skipped: ["ask", "stopped"],
	},
	{
		slug: "weekly-digest",
		input: ({ git }) => ({ repository: git, post: true }),
		output: { opening: text, digest: containing("Fixed\n- orders arrive"), commits: 1, people: 1 },
		skipped: ["tell_channel"],
	},
	{
		slug: "feedback-triage",
		input: none,
		output: {
			table: containing("urgent bug: Urgent: I cannot pay"),
			counts: { bug: 2, idea: 1, question: 1, praise: 1 },
			urgent: 1,
		},
	},
	{
		slug: "invoice-extraction",
		input: none,
		output: { supplier: "Paper & Ink Ltd", number: "2026-0417", net: 500, tax: 95, total: 595, read_by: "rule" },
		skipped: ["correct", "corrected", "send_back"],
	},
	{
		slug: "approval-chain",
		input: () => ({ amount: 9000 }),
		answer: { cost_centre: "K12" },
		output: { title: "Two standing desks", amount: 9000, outcome: "granted" },
		skipped: ["wave_through", "refused"],
	},
	{ slug: "side-by-side-judge", input: none, output: { best: "brief", reason: text, answer: text } },
	{
		slug: "write-review-loop",
		input: none,
		output: { text: containing("Monday"), rounds: expect.any(Number), objections: "" },
		skipped: ["decide", "accepted", "dropped"],
	},
	{
		slug: "agent-on-call",
		input: none,
		answer: { answer: "Yes, roll it back" },
		output: { report: text, turns: expect.any(Number) },
	},
	{
		slug: "fix-failing-test",
		input: none,
		output: {
			patch: containing("+    echo $((each * 10 + each"),
			files: 1,
			why: "1 file changed. The tests pass.",
			cost: 0,
		},
	},
	{
		slug: "agents-side-by-side",
		input: none,
		answer: { attempt: "Careful" },
		output: { taken: "Careful", files: ["shop.sh"], tests: containing("1 passed") },
		skipped: ["nothing"],
	},
	{
		slug: "on-call-hand-over",
		input: none,
		answer: { pager: true, question: "Who has the key of the server room?" },
		output: { on_call: "Grace", open: 2, text, question: "Who has the key of the server room?" },
		skipped: ["not_taken"],
	},
];

test("every template that is shipped has a case here", async () => {
	expect([...(await readShippedTemplates()).keys()].sort()).toEqual(CASES.map(({ slug }) => slug).sort());
});

test.concurrent.each(CASES)("$slug turns green without a key, a credential or the internet", async (given) => {
	const { runId, state } = await runTemplate(given, given.input(far));
	expect(state.phase).toEqual(expect.objectContaining({ status: "completed", output: given.output }));
	const skipped = Object.values(state.steps).filter((step) => step.phase.status === "skipped");
	expect([...new Set(skipped.map(({ nodeId }) => nodeId))].sort()).toEqual((given.skipped ?? []).sort());
	// `npm run record:templates` keeps this run for the template's page.
	if (process.env.RECORD_TEMPLATES) await keepSample(given.slug, runId);
});

const AS_THEY_COME: readonly { slug: string; output: JsonObject; says?: Record<string, string> }[] = [
	{
		slug: "site-uptime",
		output: {
			report: containing("up: https://shop.example.com 200 in 84 ms\nslow: https://shop.example.com/search 200"),
			troubled: 2,
		},
		says: { speak: "2 of 3 need a look:" },
	},
	{
		slug: "certificate-expiry",
		output: {
			report: expect.stringMatching(
				/^9 days {2}shop\.example\.com .*\n79 days {2}mail\.example\.com:993 .*\n\? {2}127\.0\.0\.1:1 .*: Connection refused$/,
			),
			soon: ["shop.example.com"],
			unreadable: 1,
		},
		says: { renew: "- 9 days  shop.example.com" },
	},
	{
		slug: "incident-investigation",
		output: expect.objectContaining({ changes: "2026-03-02T10:05:30Z payment 8.1.0", unreachable: [] }),
		says: { suggest_rollback: "payment 8.1.0" },
	},
	{ slug: "weekly-digest", output: expect.objectContaining({ commits: 4, digest: containing("Added\n- gift cards") }) },
];

test.concurrent.each(AS_THEY_COME)(
	"$slug has in its form what it needs to show what it does, without the internet",
	async ({ slug, output, says = {} }) => {
		const { state } = await runTemplate({ slug }, {});
		expect(state.phase).toEqual(expect.objectContaining({ status: "completed", output }));
		for (const [step, words] of Object.entries(says))
			expect(state.steps[step]?.comments).toEqual([expect.objectContaining({ text: containing(words) })]);
	},
);

test("a release is cloned from a repository, and a red check keeps it from being asked about", async () => {
	const red = { slug: "release-pipeline", answer: {} };
	const { state } = await runTemplate(red, { repository: far.git });
	expect(state.phase.status).toBe("completed");
	expect(state.steps.explain?.comments).toEqual([expect.objectContaining({ text: containing("lint 3, tests 0") })]);
	expect(state.steps.ship_it?.phase.status).toBe("skipped");
});

test.skipIf(!hasGit)("the first release notes of a repository are written in a clone of it", async () => {
	const { state } = await runTemplate({ slug: "release-notes" }, { repository: far.webGit });
	expect(state.phase).toMatchObject({ output: { commits: 1, patch: containing("+# Changelog\n+\n+## 1.3.0\n") } });
	expect(state.steps.make_sample?.phase.status).toBe("skipped");
});

test("a dump that was cut off raises the alarm", async () => {
	const input = { address: `${far.http}/cut-off.sql.gz`, last_bytes: 10_000 };
	const { state } = await runTemplate({ slug: "database-backup-check" }, input);
	expect(state.phase).toMatchObject({ output: { problems: [containing("cut off"), containing("1 tables"), text] } });
	expect(state.steps.raise_alarm?.phase.status).toBe("completed");
});

test("a person enters the figures of an invoice that does not add up", async () => {
	const answer = { net: 10, tax: 2, total: 12 };
	const invoice = "Odd & Co\nInvoice 7\nNet: 10.00\nTax: 2.00\nTotal: 99.00";
	const { state } = await runTemplate({ slug: "invoice-extraction", answer }, { invoice });
	expect(state.phase).toMatchObject({ output: { supplier: "Odd & Co", total: 12, read_by: "person" } });
});

test.concurrent.each([
	{ slug: "incident-investigation", output: { alert: "The CPU of web-1 is at 97 %" } },
	{ slug: "pod-crash-report", output: { pod: "default/checkout-7c9f" } },
])("$slug is started by an alert, and tried with a sample of one, without Alertmanager", async ({ slug, output }) => {
	const made = await installTemplate(slug);
	const [delivered] = await testFire(team.members.editor, { team: "acme", slug: made.slug, key: "alerts" });
	expect(delivered).toMatchObject({ verdict: "started" });
	const state = await answerToEnd(delivered?.run?.id ?? "", {});
	expect(state.phase).toMatchObject({ status: "completed", output });
});

/** Installs a template as somebody does who leaves its form as it is and has none of its credentials, and runs it. */
async function runTemplate({ slug, answer = {} }: Pick<Case, "slug" | "answer">, input: JsonObject) {
	const made = await installTemplate(slug);
	const { editor } = team.members;
	const started = await startRun(editor, { team: "acme", slug: made.slug, input, requestId: crypto.randomUUID() });
	return { runId: started.runId, state: await answerToEnd(started.runId, answer) };
}

async function installTemplate(slug: string) {
	const { editor } = team.members;
	const template = (await readShippedTemplates()).get(slug);
	if (!template) throw new Error(`There is no template ${slug}.`);
	const { name, description } = template;
	const { values } = parseFormValues(template.plan.inputs, {});
	const plan = fillTemplate(template.plan, { inputs: values, credentials: {}, provider: "demo" });
	const made = await database.db.transaction((tx) =>
		createWorkflow(tx, { teamId: team.id, actor: editor.actor, name, description, plan }),
	);
	expect(made.issues.filter(({ code }) => code !== "missing_credential")).toEqual([]);
	// What starts by itself stays a draft until somebody has looked at it.
	if (made.version === null) await database.db.transaction((tx) => insertVersion(tx, versionOf(made.id, plan)));
	return { slug: made.slug };
}

const versionOf = (workflowId: string, plan: Plan) => ({ teamId: team.id, workflowId, plan, publishedBy: null });

/** Approves whatever the run asks; `values` answer the forms that have such fields. */
async function answerToEnd(runId: string, values: JsonObject): Promise<RunState> {
	const watched = { team: "acme", runs: [{ id: runId, after: 0 }] };
	let state = initialRunState;
	for await (const { events } of watchRuns(team.members.editor, watched, { signal: AbortSignal.timeout(60_000) })) {
		state = foldRun(state, events);
		if (isEnded(state.phase.status)) break;
		for (const event of events) {
			if (event.type !== "step.waiting" || event.data.for !== "approval" || event.nodeId === null) continue;
			const named = event.data.fields.map(({ name }) => name);
			const fitting = Object.fromEntries(Object.entries(values).filter(([name]) => named.includes(name)));
			const { question } = event.data;
			const step = { team: "acme", runId, nodeId: event.nodeId, iteration: event.iteration, question };
			await decideApproval(team.members.owner, { ...step, decision: "approved", values: fitting });
		}
	}
	return state;
}

/** What the page shows has no addresses of this machine in it. */
async function keepSample(slug: string, runId: string): Promise<void> {
	const lines = recordSample(await readEvents(database, runId)).map((event) => `\t${JSON.stringify(event)}`);
	const names = [
		[far.http, "https://shop.example.com"],
		[far.tls, "shop.example.com"],
		["127.0.0.1:1", "gone.example.com"],
		["acme owner", "Somebody"],
	] as const;
	const text = names.reduce((told, [from, to]) => told.replaceAll(from, to), lines.join(",\n"));
	await writeFile(join(shippedFolder(), slug, "sample-run.json"), `[\n${text}\n]\n`);
}
