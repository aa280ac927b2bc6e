import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import type { CredentialType } from "@/server/credentials/catalog";
import type { CredentialValues } from "@/server/credentials/credential-definition";
import { setCredential } from "@/server/credentials/set-credential";
import { startTestServer } from "@/server/http/test-server";
import { inLine, step, testPlan } from "@/server/plan/test-plan";
import { ensureTestPrompt } from "@/server/prompts/test-prompts";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { publishTemplate } from "@/server/templates/publish-template";
import { readAuditExports, readMails, readSent, readShared, readStored } from "./test-readers";
import { startPlan, untilRun } from "./test-runs";
import { startTestWorker, type TestWorker } from "./test-worker";

/** Answers with all that it was sent, as JSON: address, headers and body. */
const echo = await startTestServer((request, response) => {
	const { url, headers } = request;
	response.writeHead(418, { "content-type": "application/json", "x-echo": encodeURIComponent(url ?? "") });
	response.end(JSON.stringify({ url, headers, decoded: decodeURIComponent(url ?? "") }));
});
let database: TestDatabase;
let team: TestTeam;
let worker: TestWorker;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	await ensureTestPrompt(team.members.owner);
	worker = await startTestWorker(database, { secrets: "stored" });
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await worker.stop();
	await database.drop();
	await echo.close();
});

/** Written without the code under test: what a secret looks like after the tools that people use. */
function formsOf(secret: string): string[] {
	const lines = secret.split("\n").filter((line) => line.trim().length >= 12 && !line.startsWith("-----"));
	return [...new Set([secret.trim(), ...lines.map((line) => line.trim())])].flatMap((part) => {
		const aligned = ["", "a", "ab"].flatMap((before) => {
			const inside = Buffer.from(`${before}${part}`)
				.toString("base64")
				.replaceAll("=", "")
				.slice(before ? 4 : 0, -2);
			return [inside, inside.replaceAll("+", "-").replaceAll("/", "_")];
		});
		const form = new URLSearchParams({ a: part }).toString().slice(2);
		const python = JSON.stringify(part)
			.slice(1, -1)
			.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
		const html = part.replace(/[&<>"']/g, (mark) => `&#x${mark.charCodeAt(0).toString(16)};`);
		const named = html.replaceAll("&#x26;", "&amp;").replaceAll("&#x22;", "&quot;");
		const quoted = [part.replaceAll("'", "'\\''"), part.replaceAll("'", `'"'"'`), part.replace(/["$\\`]/g, "\\$&")];
		const json = JSON.stringify(part).slice(1, -1);
		return [part, ...aligned, encodeURIComponent(part), form, json, python, named, ...quoted];
	});
}

/** A script of Python that prints a secret in many ways, and in pieces that come one by one. */
const PRINT = `
import base64, html, json, re, shlex, sys, urllib.parse
def show(secret):
    print("raw", secret)
    for before in ("", "a", "ab"):
        text = (before + secret + "!").encode()
        print("b64", base64.b64encode(text).decode(), base64.urlsafe_b64encode(text).decode())
    print("url", urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret), urllib.parse.quote(secret))
    print("small", re.sub("%..", lambda code: code[0].lower(), urllib.parse.quote(secret, safe="")))
    print("json", json.dumps({"a": secret}), json.dumps([secret], ensure_ascii=False))
    print("html", html.escape(secret), html.escape(secret, quote=False), "shell", shlex.quote(secret))
    print("twice", json.dumps({"a": json.dumps({"a": secret})}))
    print("lines", *("> " + line for line in secret.split("\\n")), sep="\\n")
    for piece in secret:
        sys.stdout.write(piece)
        sys.stdout.flush()
    print()
    print("error", secret, file=sys.stderr)
show(json.loads(open("secret.json").read()))
`;

/** How a secret is kept, and what reads it. */
const PLACES: readonly { reference: string; type: CredentialType; values: (secret: string) => CredentialValues }[] = [
	{ reference: "PLANTED", type: "token", values: (token) => ({ token }) },
	{ reference: "PLANTED.password", type: "basic", values: (password) => ({ user: "mara", password }) },
	{ reference: "PLANTED.header", type: "basic", values: (password) => ({ user: "mara", password }) },
	{ reference: "PLANTED", type: "header", values: (value) => ({ name: "X-Key", value }) },
	{ reference: "PLANTED.one", type: "key-value", values: (one) => ({ values: { one, other: "x" } }) },
];

function planWith(origin: string, reference: string) {
	const secret = `{{ secrets.${reference} }}`;
	const go = { onFailure: "continue" };
	const nodes = [
		step("words", "transform", {
			code: "return input",
			input: { all: secret, list: ["x", secret], text: `a${secret}b` },
		}),
		step("write", "shell", {
			command: `printf '%s' ${JSON.stringify("{{ steps.words.output }}")} > all.json; printf '%s' "${secret}" | python3 -c 'import json,sys; print(json.dumps(sys.stdin.read()))' > secret.json; cat secret.json; set -x; : "${secret}"; set +x; printf '%q' "${secret}"`,
		}),
		step("print", "python", { code: PRINT }),
		step("keep", "state", { action: "set", key: "kept", value: `x${secret}` }),
		step("say", "comment", { text: `it is ${secret}` }),
		step(
			"call",
			"http-request",
			{
				url: `${origin}/x?key=${secret}&b=1`,
				auth: "header",
				authHeader: "x-key",
				authSecret: "{{ steps.words.output.text }}",
			},
			go,
		),
		step("ask", "llm", { prompt: `Summarise:\nThe key is ${secret} and it failed.` }),
		step("look", "agent", { prompt: `Read secret.json and all.json. The key is ${secret}.`, tools: ["read_file"] }),
		step("mend", "coding-agent", { prompt: `Note that the key is ${secret}` }),
		step("fail", "transform", { code: "throw new Error('no ' + input.t)", input: { t: secret } }, go),
		step("each", "for-each", { items: "{{ steps.words.output.list }}" }),
		step("inner", "transform", { code: "return input.v", input: { v: "{{ item }}" } }, { parent: "each" }),
		step("end", "output", { fields: { text: "{{ steps.print.output.stdout }}", why: secret } }),
	];
	const line = nodes.filter((node) => !("parent" in node)).map(({ id }) => id);
	return testPlan(nodes, inLine(...line));
}

/** A run that asks, with what a step has made of the secret, and then fails of it. */
function planThatFails(reference: string) {
	const made = "{{ steps.words.output.text }}";
	return testPlan(
		[
			step("words", "transform", { code: "return input", input: { text: `a {{ secrets.${reference} }} b` } }),
			step("mention", "comment", { text: `@acme admin, look: ${made}` }),
			step("ask", "approval", { message: `Is ${made} right?` }),
			step("fail", "shell", { command: `echo "${made}" >&2; exit 3` }),
		],
		["words -> mention", "mention -> ask", "ask.approved -> fail"],
	);
}

/** Runs that plan to its end; returns its id. */
async function runToFailure(reference: string): Promise<string> {
	const { owner } = team.members;
	const runId = await startPlan(database, planThatFails(reference), { teamId: team.id, actor: owner.actor });
	await untilRun(database, runId, ({ steps }) => steps.ask?.phase.status === "waiting");
	const place = { team: "acme", runId, nodeId: "ask", iteration: "" };
	await decideApproval(owner, { ...place, decision: "approved", values: {} });
	expect((await untilRun(database, runId)).phase).toMatchObject({ status: "failed" });
	return runId;
}

/** Makes a template of a run's workflow, which plays that run. */
async function publishSample(runId: string): Promise<void> {
	const [workflow] = await database.sql<{ slug: string }[]>`
		select w.slug from runs r join workflows w on w.id = r.workflow_id where r.id = ${runId}`;
	const sample = { runId, outputs: true };
	const kind = { category: "everyday", forInstance: false, note: "" } as const;
	await publishTemplate(team.members.owner, { team: "acme", slug: workflow?.slug ?? "", ...kind, sample });
}

const words = fc
	.stringMatching(/^[A-Za-z0-9+/=_"'\\&%$ äß✓-]{14,40}$/)
	.filter((text) => text.trim().length >= 12 && /[A-Za-z0-9]{4}/.test(text));
const secrets = fc.oneof(
	{ weight: 3, arbitrary: words.map((text) => text.trim()) },
	{
		weight: 1,
		arbitrary: fc
			.array(
				words.map((text) => text.trim()),
				{ minLength: 2, maxLength: 4 },
			)
			.map((lines) => `-----BEGIN KEY-----\n${lines.join("\n")}\n-----END KEY-----\n`),
	},
);

test("a planted secret stands in nothing that is stored or sent, in no form", async () => {
	const property = fc.asyncProperty(
		secrets,
		fc.constantFrom(...PLACES),
		async (secret, { reference, type, values }) => {
			await setCredential(team.members.owner, { team: "acme", name: "PLANTED", type, values: values(secret) });
			const runId = await startPlan(database, planWith(echo.origin, reference), { teamId: team.id });
			const { phase } = await untilRun(database, runId);
			expect("error" in phase ? phase.error : phase.status).toBe("completed");
			const failed = await runToFailure(reference);
			await publishSample(failed);
			const mails = await readMails(database);
			expect(mails.map(({ to }) => to)).toEqual(
				expect.arrayContaining([team.members.owner.email, team.members.admin.email]),
			);
			const seen = [runId, failed].map((id) => ({ database, team, runId: id }));
			const bySource = {
				mails: mails.map(({ subject, text }) => `${subject} ${text}`),
				sent: (await Promise.all(seen.map(readSent))).flat(),
				shared: (await Promise.all(seen.map(readShared))).flat(),
				stored: await readStored(database),
				exported: await readAuditExports(team),
			};
			const { exported: _, ...ofRuns } = bySource;
			// What was hidden shows that the secret was there.
			for (const texts of Object.values(ofRuns)) expect(texts.join("\n")).toContain("•••");
			const readable = Object.values(bySource).flat();
			for (const form of formsOf(secret)) expect(readable.filter((text) => text.includes(form))).toEqual([]);
		},
	);
	await fc.assert(property, { numRuns: 5, endOnFailure: true });
}, 120_000);
