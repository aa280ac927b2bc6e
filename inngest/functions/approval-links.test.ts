import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { newId } from "@/db/new-id";
import { decideByLink } from "@/server/approval-links/decide-by-link";
import { findApprovalLink, stateOfLink } from "@/server/approval-links/find-approval-link";
import { mailApprovalLinks } from "@/server/approval-links/mail-approval-links";
import { createMailer } from "@/server/mail/mailer";
import { startTestMailServer } from "@/server/mail/test-mail-server";
import { step, testPlan } from "@/server/plan/test-plan";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { TEST_SECRET } from "@/server/teams/test-team";
import { insertTeam, readEvents, readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

vi.stubEnv("WEFT_SECRET", TEST_SECRET);
vi.stubEnv("WEFT_SIGN_UP", "invited");
const { database } = await setUpWorker();
const teamId = await insertTeam(database);
const mail = await startTestMailServer();
const send = createMailer({ SMTP_URL: mail.url, MAIL_FROM: "Weft <weft@example.com>" });
afterAll(async () => {
	vi.unstubAllEnvs();
	await mail.close();
});
afterEach(() => mail.mails.splice(0));

/** A run that waits for a decision, and the tokens in the mails that it sent, by address. */
async function ask(config: object) {
	const fields = [{ name: "note", type: "text", required: true }];
	const plan = testPlan([step("ship", "approval", { message: "Ship it?", fields, ...config })]);
	const runId = await startPlan(database, plan, { teamId });
	await untilRun(database, runId, ({ steps }) => steps.ship?.phase.status === "waiting");
	await Promise.all([mailApprovalLinks(database, send), mailApprovalLinks(database, send)]);
	const tokens = mail.mails.map(({ to, text }) => [to[0], /\/decide\/([\w-]+)/.exec(text)?.[1] ?? ""] as const);
	return { runId, tokens: Object.fromEntries(tokens), mails: mail.mails.length };
}

const yes = { decision: "approved" as const, values: { note: "go" } };

async function stateOf(token = "") {
	const link = await findApprovalLink(database.sql, token);
	return link && stateOfLink(link);
}

describe("an approval that is mailed", () => {
	const open = { mailTo: ["Ann@example.com", "bea@example.com", "ann@example.com"], needsNoAccount: true };

	test("is decided by a link without an account, once, and says by which", async () => {
		const { runId, tokens, mails } = await ask(open);
		expect(mails).toBe(2);
		const { "ann@example.com": ann, "bea@example.com": bea } = tokens;
		expect(mail.mails[0]?.text).toMatch(/Subject: Decide: /);
		expect(await stateOf(ann)).toBe("open");
		await expect(decideByLink(database, ann ?? "", { decision: "approved", values: {} })).rejects.toThrow("do not fit");
		expect(await stateOf(ann)).toBe("open");
		const clicks = await Promise.allSettled([
			decideByLink(database, ann ?? "", yes),
			decideByLink(database, ann ?? "", { ...yes, decision: "declined" }),
			decideByLink(database, bea ?? "", yes),
		]);
		expect(clicks.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		expect([await stateOf(ann), await stateOf(bea)].sort()).toEqual(["decided", "used"]);
		await untilRun(database, runId);
		const by = expect.stringMatching(/^the link mailed to (ann|bea)@example\.com$/);
		expect(await readOutput(database, runId, "ship")).toMatchObject({ by });
		const audit =
			await database.sql`select actor from audit_log where target_id = ${runId} and action like 'approval.%'`;
		expect(audit).toEqual([{ actor: expect.objectContaining({ kind: "mail-link", name: by }) }]);
	});

	test("keeps neither the token nor whom it was mailed to where links to runs show it", async () => {
		const { runId, tokens } = await ask(open);
		const kept = JSON.stringify(await database.sql`select * from approval_links where run_id = ${runId}`);
		const said = JSON.stringify((await readEvents(database, runId)).filter(({ type }) => type === "step.waiting"));
		expect(kept).not.toContain(tokens["ann@example.com"]);
		expect(said).not.toContain("ann@example.com");
	});

	test("asks members alone, unless it says otherwise, as long as they may decide", async () => {
		const refused = await ask({ mailTo: ["cleo@example.com"], approvers: ["editor"] });
		expect(refused.tokens).toEqual({});
		const logs = JSON.stringify((await readEvents(database, refused.runId)).filter(({ type }) => type === "step.log"));
		expect(logs).toContain("No link was mailed to cleo@example.com: it is not that of a member who may decide this.");
		const id = newId();
		await database.sql`insert into users (id, name, email) values (${id}, 'Cleo', 'cleo@example.com')`;
		await database.sql`insert into memberships (team_id, user_id, role) values (${teamId}, ${id}, 'editor')`;
		const asked = await ask({ mailTo: ["cleo@example.com"], approvers: ["editor"] });
		const token = asked.tokens["cleo@example.com"] ?? "";
		await database.sql`update memberships set role = 'viewer' where user_id = ${id}`;
		expect(await stateOf(token)).toBe("refused");
		await expect(decideByLink(database, token, yes)).rejects.toThrow("may not decide it any more");
		await database.sql`update memberships set role = 'editor' where user_id = ${id}`;
		await decideByLink(database, token, yes);
		expect(await stateOf(token)).toBe("used");
	});

	test("says on the run that nobody is mailed where this server sends no mail", async () => {
		const logsOf = async (config: object) => {
			const { runId } = await ask(config);
			return JSON.stringify((await readEvents(database, runId)).filter(({ type }) => type === "step.log"));
		};
		expect(await logsOf(open)).toContain("No link was mailed: this server sends no mail.");
		expect(await logsOf({})).toBe("[]");
	});

	test("is over with its run, and what is no token leads nowhere", async () => {
		const { runId, tokens } = await ask(open);
		const token = tokens["ann@example.com"] ?? "";
		const [owner] = await database.sql<
			{ id: string }[]
		>`insert into users (id, name, email) values ('boss', 'B', 'b@example.com') returning id`;
		await database.sql`insert into memberships (team_id, user_id, role) values (${teamId}, 'boss', 'owner')`;
		const actor = { kind: "user" as const, id: owner?.id ?? "", name: "B" };
		await cancelRun({ database, actor }, { team: teamId, runId });
		expect(await stateOf(token)).toBe("over");
		await expect(decideByLink(database, token, yes)).rejects.toThrow("decided already");
		for (const wrong of ["", "x", token.slice(1), `${token}a`, "a".repeat(32)])
			expect(await stateOf(wrong)).toBeUndefined();
	});

	test("is mailed again with the same link where nobody knows whether it went", async () => {
		const { runId, tokens } = await ask(open);
		await database.sql`update approval_links set mail_at = now() where run_id = ${runId}`;
		mail.mails.splice(0);
		await mailApprovalLinks(database, send);
		expect(mail.mails.map(({ text }) => /\/decide\/([\w-]+)/.exec(text)?.[1]).sort()).toEqual(
			Object.values(tokens).sort(),
		);
	});

	test("says on the run, once, that the mail server was away for a day", async () => {
		const { runId } = await ask(open);
		mail.mails.splice(0);
		await database.sql`
			update approval_links set mail_at = now(), created_at = now() - interval '25 hours' where run_id = ${runId}`;
		await Promise.all([mailApprovalLinks(database, send), mailApprovalLinks(database, send)]);
		const logs = (await readEvents(database, runId)).filter(({ type }) => type === "step.log");
		expect(JSON.stringify(logs).match(/mailed to (ann|bea)@example.com: the mail server was away/g)).toHaveLength(2);
		expect(mail.mails).toEqual([]);
	});
});
