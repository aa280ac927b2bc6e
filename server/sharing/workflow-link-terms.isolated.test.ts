import { eq } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { shareLinks } from "@/db/schema/sharing";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { importWorkflow } from "@/server/workflows/import-workflow";
import { describeClone } from "./clone-shared";
import { createWorkflowLink } from "./create-link";
import { enterPassword } from "./enter-password";
import { listLinks } from "./list-links";
import type { Visitor } from "./open-link";
import { revokeLink } from "./revoke-link";
import { setPolicy } from "./set-policy";
import { ask, openStream, visitorAt } from "./test-visit";
import { visitPicture } from "./visit-picture";

/** What the server allows, beside what the team does. */
const instance = vi.hoisted((): Record<string, unknown> => ({}));
vi.mock("@/server/env", async (original) => {
	const real = await original<typeof import("@/server/env")>();
	return { ...real, getEnv: () => ({ ...real.getEnv(), ...instance }) };
});

const GONE = "This link does not work. Ask the person who sent it for a new one.";
const HIDDEN = ["planted-name", "planted-step", "planted-command", "Team acme"];

const { database, team } = await setUpTestTeam();
const { editor, admin } = team.members;
let slug: string;

beforeAll(async () => {
	const yaml =
		"version: 1\nname: planted-name\nnodes:\n  - { id: work, type: shell, name: planted-step, config: { command: planted-command } }";
	slug = (await importWorkflow(editor, { team: "acme", yaml })).slug;
});
afterEach(async () => {
	for (const name of Object.keys(instance)) delete instance[name];
	await setPolicy(admin, { team: "acme", isOn: true, needsPassword: false });
});

interface Terms {
	hours?: number;
	password?: string;
}

const make = (terms: Terms = {}) =>
	createWorkflowLink(editor, { team: "acme", slug, name: "", settings: true, ...terms });

/** Every answer that somebody gets by a link that does not work: its status, and all of its bytes. The stream says so in itself. */
async function askAll(visitor: Visitor, token: string): Promise<{ statuses: number[]; sent: string }> {
	const paths = ["workflow", "events", "run", "step", "logs"];
	const answers = await Promise.all(paths.map((path) => ask(visitor, path, { token, nodeId: "work" })));
	const stream = await ask(visitor, "watch", { token });
	const bodies = await Promise.all([...answers, stream].map((answer) => answer.text()));
	const others = await Promise.allSettled([visitPicture(visitor, token), describeClone(visitor, { token })]);
	const rest = others.map((other) =>
		other.status === "fulfilled" ? JSON.stringify(other.value) : String(other.reason),
	);
	const heads = answers.flatMap(({ headers }) => [...headers].flat());
	return { statuses: answers.map(({ status }) => status), sent: [...bodies, ...heads, ...rest].join("\n") };
}

const seenIn = (sent: string) => HIDDEN.filter((value) => sent.includes(value));

describe("a link of a workflow", () => {
	test("with a password sends nothing before it is known, nor by another link's proof", async () => {
		const [locked, other] = [await make({ password: "open sesame" }), await make({ password: "open sesame" })];
		const address = "192.0.2.40";
		const { linkId, proof } = await enterPassword(visitorAt(database, address), {
			...{ token: other.token, password: "open sesame" },
		});
		for (const proofs of [{}, { [linkId]: proof }, { [locked.id]: proof }]) {
			const { statuses, sent } = await askAll(visitorAt(database, address, proofs), locked.token);
			expect(new Set(statuses)).toEqual(new Set([401]));
			expect(seenIn(sent)).toEqual([]);
		}
		const visitor = visitorAt(database, address, { [linkId]: proof });
		const answer = await ask(visitor, "workflow", { token: other.token });
		expect(seenIn(await answer.text())).toEqual(HIDDEN);
	});

	test("takes ten passwords from one address in a quarter of an hour", async () => {
		const { token } = await make({ password: "open sesame" });
		const visitor = visitorAt(database, "192.0.2.41");
		const tries: string[] = [];
		for (let n = 0; n < 11; n++)
			tries.push(await enterPassword(visitor, { token, password: `wrong ${n}` }).then(String, ({ code }) => code));
		expect(tries).toEqual([...Array(10).fill("invalid"), "too_many_requests"]);
	});

	test("that is revoked, over, unknown or not allowed any more answers alike, and sends nothing", async () => {
		const [revoked, over, refused] = [await make(), await make({ hours: 1 }), await make()];
		await revokeLink(editor, { team: "acme", id: revoked.id });
		await database.db
			.update(shareLinks)
			.set({ expiresAt: new Date(0) })
			.where(eq(shareLinks.id, over.id));
		const visitor = visitorAt(database, "192.0.2.42");
		const answers = [];
		for (const token of [revoked.token, over.token, "A".repeat(22)]) answers.push(await askAll(visitor, token));
		await setPolicy(admin, { team: "acme", isOn: true, needsPassword: true });
		answers.push(await askAll(visitor, refused.token));
		for (const { statuses, sent } of answers) {
			expect(new Set(statuses)).toEqual(new Set([404]));
			expect(sent).toContain(GONE);
			expect(seenIn(sent)).toEqual([]);
		}
		expect((await ask(visitor, "workflow", { token: `${refused.token}x` })).status).toBe(404);
	});

	test("ends the open page at once when it is revoked, and sends no more of it", async () => {
		const { id, token } = await make();
		const stream = openStream(await ask(visitorAt(database, "192.0.2.43"), "watch", { token }));
		const before = await stream.until('"version":1');
		await revokeLink(editor, { team: "acme", id });
		const sent = await stream.until(GONE);
		expect(sent).toContain(GONE);
		expect(seenIn(sent.slice(before.length))).toEqual([]);
		await stream.close();
	});

	test("of another team's workflow cannot be made, listed or revoked", async () => {
		const { owner } = (await createTestTeam(database, "rivals")).members;
		const { id } = await make();
		for (const of of ["rivals", "acme"]) {
			const made = createWorkflowLink(owner, { team: of, slug, name: "", settings: true });
			await expect(made).rejects.toMatchObject({ code: "not_found" });
			await expect(listLinks(owner, { team: of, slug })).rejects.toMatchObject({ code: "not_found" });
			await expect(revokeLink(owner, { team: of, id })).rejects.toMatchObject({ code: "not_found" });
		}
	});
});

/** Where a limit is set: by the team, or by the server for all teams. */
const LIMITS = [
	{
		by: "its team",
		off: () => setPolicy(admin, { team: "acme", isOn: false, needsPassword: false }),
		aWeek: () => setPolicy(admin, { team: "acme", isOn: true, maxDays: 7, needsPassword: false }),
		password: () => setPolicy(admin, { team: "acme", isOn: true, needsPassword: true }),
	},
	{
		by: "the server",
		off: () => void Object.assign(instance, { WEFT_SHARING: false }),
		aWeek: () => void Object.assign(instance, { WEFT_SHARING_MAX_DAYS: 7 }),
		password: () => void Object.assign(instance, { WEFT_SHARING_PASSWORD: "required" }),
	},
];

describe.each(LIMITS)("what $by allows of links of workflows", ({ off, aWeek, password }) => {
	const codeOf = (terms: Terms) =>
		make(terms).then(
			() => "made",
			({ code }) => code,
		);
	const statusOf = async (token: string) =>
		(await ask(visitorAt(database, "192.0.2.44"), "workflow", { token })).status;

	test("whether there are any", async () => {
		const { token } = await make();
		await off();
		expect([await codeOf({ hours: 1, password: "pass" }), await statusOf(token)]).toEqual(["forbidden", 404]);
	});

	test("how long they last, those from before as well", async () => {
		const { id, token } = await make();
		await database.db
			.update(shareLinks)
			.set({ createdAt: new Date(Date.now() - 8 * 86_400_000) })
			.where(eq(shareLinks.id, id));
		expect(await statusOf(token)).toBe(200);
		await aWeek();
		expect(await statusOf(token)).toBe(404);
		expect([await codeOf({}), await codeOf({ hours: 169 }), await codeOf({ hours: 168 })]).toEqual([
			...["forbidden", "forbidden", "made"],
		]);
	});

	test("whether they need a password, those from before as well", async () => {
		const { token } = await make();
		await password();
		expect([await codeOf({}), await codeOf({ password: "pass" }), await statusOf(token)]).toEqual([
			...["forbidden", "made", 404],
		]);
	});
});
