import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { hookChecks } from "@/db/schema/triggers";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { startTestServer, type TestServer } from "@/server/http/test-server";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { listTriggers } from "../../list-triggers";
import { createTriggered, setToken } from "../../webhook/test-webhook";
import { githubConfigSchema } from "../settings/github-config";
import { askForUndelivered } from "./ask-for-undelivered";

const { database, team } = await setUpTestTeam();
const NOW = Date.parse("2027-01-10T00:00:00Z");
const HOUR = 3_600_000;
const { privateKey } = generateKeyPairSync("rsa", {
	modulusLength: 2_048,
	privateKeyEncoding: { type: "pkcs8", format: "pem" },
	publicKeyEncoding: { type: "spki", format: "pem" },
});

interface Sent {
	id: number;
	guid: string;
	hoursAgo: number;
	status: number;
	redelivery?: boolean;
}

/** GitHub's side: what it has sent, the newest first, two on a page. */
let sent: Sent[] = [];
let refusal: { status: number; headers?: Record<string, string> } | undefined;
let github: TestServer;
beforeAll(async () => {
	await setToken(team, "GITHUB_TOKEN", "ghp_of_the_team");
	await setToken(team, "GITHUB_KEY", String(privateKey));
});
beforeEach(async () => {
	refusal = undefined;
	github = await startTestServer((request, response) => {
		if (refusal) return response.writeHead(refusal.status, refusal.headers).end('{"message": "no"}');
		if (request.method === "POST") return response.writeHead(202).end("{}");
		const { searchParams, pathname } = new URL(request.url ?? "", github.origin);
		const from = Number(searchParams.get("cursor") ?? 0);
		const link = `<${github.origin}${pathname}?per_page=100&cursor=${from + 2}>; rel="next"`;
		const page = sent.slice(from, from + 2).map(({ hoursAgo, status, redelivery = false, ...rest }) => ({
			...{ ...rest, redelivery, status_code: status, event: "push" },
			delivered_at: new Date(NOW - hoursAgo * HOUR).toISOString(),
		}));
		response.writeHead(200, { "content-type": "application/json", ...(from + 2 < sent.length && { link }) });
		response.end(JSON.stringify(page));
	});
});
afterEach(async () => {
	await database.db.delete(hookChecks);
	await github.close();
});

async function create(redeliver: object = {}) {
	const settings = { credential: "GITHUB_TOKEN", hook: "repos/acme/shop/hooks/12", api: github.origin, ...redeliver };
	const config = githubConfigSchema.parse({ type: "github", id: "repo", secret: "HOOK", redeliver: settings });
	await createTriggered({ database, team }, config);
	await database.sql`delete from triggers where config->'redeliver'->>'api' <> ${github.origin}`;
}
const fetch = createOutboundFetch({ allow: ["127.0.0.0/8"] });
const check = (later = 0) => askForUndelivered(database, { fetch, now: () => NOW + later });
const asked = () => github.requests.filter(({ method }) => method === "POST").map(({ path }) => path);

test("asks once more for what has failed in the last three days and has not arrived since", async () => {
	sent = [
		{ id: 9, guid: "a", hoursAgo: 1, status: 202, redelivery: true },
		{ id: 8, guid: "b", hoursAgo: 2, status: 503 },
		{ id: 7, guid: "a", hoursAgo: 3, status: 502 },
		{ id: 6, guid: "c", hoursAgo: 4, status: 0 },
		{ id: 5, guid: "d", hoursAgo: 80, status: 500 },
	];
	await create();
	await check();
	expect(asked()).toEqual([6, 8].map((id) => `/repos/acme/shop/hooks/12/deliveries/${id}/attempts`));
	expect(github.requests[0]?.headers).toMatchObject({ authorization: "Bearer ghp_of_the_team" });
	expect(github.requests.map(({ path }) => path).filter((path) => path.includes("cursor="))).toHaveLength(2);

	await check(60_000);
	expect(github.requests.filter(({ method }) => method === "GET")).toHaveLength(3);
	await check(6 * 60_000);
	expect(asked()).toHaveLength(2);
});

test("gives up what fails again and again", async () => {
	sent = [1, 2, 3, 4].map((n) => ({ id: 9 - n, guid: "a", hoursAgo: n, status: 500, redelivery: n < 4 }));
	await create();
	await check();
	expect(asked()).toEqual([]);
});

test("of two workers one asks", async () => {
	sent = [{ id: 1, guid: "a", hoursAgo: 1, status: 500 }];
	await create();
	await Promise.all([check(), check(), check()]);
	expect(asked()).toHaveLength(1);
});

test.each([
	["Retry-After", { status: 403, headers: { "retry-after": "120" } }, 120],
	[
		"the limit's reset",
		{ status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(NOW / 1_000 + 900) } },
		900,
	],
	["an hour after a refusal", { status: 404 }, 3_600],
] as const)("comes again by %s, and then for all of it", async (_, answer, seconds) => {
	sent = [{ id: 1, guid: "a", hoursAgo: 1, status: 500 }];
	refusal = answer;
	await create();
	await check();
	refusal = undefined;
	const [trouble] = (await listTriggers(team.members.viewer, { team: team.slug })).map((each) => each.trouble);
	expect(trouble).toMatch(/^GitHub/);
	await check(seconds * 1_000 - 1);
	expect(asked()).toEqual([]);
	await check(seconds * 1_000);
	expect(asked()).toHaveLength(1);
});

test("an app asks with a token that its key has signed", async () => {
	sent = [{ id: 3, guid: "a", hoursAgo: 1, status: 500 }];
	await create({ credential: "GITHUB_KEY", hook: "app/77" });
	await check();
	expect(asked()).toEqual(["/app/hook/deliveries/3/attempts"]);
	const [, claims = ""] = (github.requests[0]?.headers.authorization ?? "").split(".");
	expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({ iss: "77", exp: NOW / 1_000 + 540 });
});

test("without its credential nobody is asked, and the trigger says why", async () => {
	await create({ credential: "MISSING" });
	await check();
	expect(github.requests).toEqual([]);
	const [{ trouble } = {}] = await listTriggers(team.members.viewer, { team: team.slug });
	expect(trouble).toMatch("The credential MISSING is not set.");
});
