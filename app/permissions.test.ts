import { readdirSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { isValidElement } from "react";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { urlOfQuery } from "@/components/trpc/links";
import { ROLES } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { openFileStore } from "@/server/artifacts/file-store";
import { saveFile } from "@/server/artifacts/save-file";
import { beginSession } from "@/server/auth/sessions";
import { openTestBrowser, setTestCookie } from "@/server/http/test-browser";
import { saveCase } from "@/server/prompts/cases/save-case";
import { ensureTestPrompt } from "@/server/prompts/test-prompts";
import { endRun } from "@/server/runs/store/end-run";
import { insertTestRun } from "@/server/runs/test-run";
import { allows, type Permission } from "@/server/teams/permissions";
import { renameTeam } from "@/server/teams/rename-team";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";

vi.mock("next/headers", async () => (await import("@/server/http/test-browser")).nextHeaders);
vi.mock("next/navigation", async (original) => ({
	...(await original<object>()),
	redirect: (path: string) => {
		throw new Error(`redirect to ${path}`);
	},
	notFound: () => {
		throw new Error("not found");
	},
}));

/** Pages outside of a team, and why they ask for no role. */
const PAGES_OF_NO_TEAM: Record<string, string> = {
	"page.tsx": "what Weft is; leads members on",
	"account/page.tsx": "leads to the page inside of a team",
	"decide/[token]/page.tsx": "for whoever has the mail; see approval-links.test.ts",
	"inbox/page.tsx": "leads to the page inside of a team",
	"join/[token]/page.tsx": "for whoever has the link; see invitations.test.ts",
	"share/[token]/page.tsx": "for whoever has the link; see what-leaves.test.ts",
	"share/[token]/clone/page.tsx": "leads to the page inside of a team",
	"sign-in/page.tsx": "for those who are not signed in",
	"sign-in/forgot/page.tsx": "for those who are not signed in",
	"sign-in/reset/page.tsx": "for whoever has the link; see password-links.test.ts",
	"sign-in/verify/page.tsx": "for whom the link was sent to; see address-links.isolated.test.ts",
	"templates/page.tsx": "the templates that everybody may see",
	"templates/[slug]/page.tsx": "a template that everybody may see",
	"templates/[slug]/use/page.tsx": "leads to the page inside of a team",
};

/** Route handlers, and what guards each. */
const ROUTES: Record<string, string> = {
	"api/artifacts/route.ts": "a role, see below",
	"api/artifacts/zip/route.ts": "a role, see below",
	"api/assistant/route.ts": "a role, see below",
	"api/audit/route.ts": "a role, see below",
	"api/costs/route.ts": "a role, see below",
	"api/film/route.ts": "a role, see below",
	"api/prompts/cases/route.ts": "a role, see below",
	"api/prompts/test/route.ts": "a role, see below",
	"api/prompts/zip/route.ts": "a role, see below",
	"api/trpc/[trpc]/route.ts": "each procedure by itself, see below and server/trpc/permissions.test.ts",
	"api/share/[trpc]/route.ts": "the token of the link; see share-links.test.ts",
	"api/auth/callback/[provider]/route.ts": "the state of the sign-in; see its own test",
	"share/[token]/files/[id]/route.ts": "the token of the link; see visit-files.test.ts",
	"share/[token]/files/zip/route.ts": "the token of the link; see visit-files.test.ts",
	"share/[token]/film/route.ts": "the token of the link; see what-leaves.test.ts",
	"share/[token]/picture.png/route.ts": "the token of the link, and what it shows",
	"templates/[slug]/picture.png/route.ts": "nothing: a template that everybody may see",
	"api/hooks/[token]/route.ts": "the address, and how its trigger wants requests signed; see receive-request.test.ts",
	"api/slack/interactions/route.ts": "the signing secret of the team’s Slack app; see slack-approvals.test.ts",
	"api/health/route.ts": "nothing: it says whether the server is well",
	"api/metrics/route.ts": "a token of the environment; see its own test",
	"api/inngest/route.ts": "the worker’s key; see its own test",
};

/** What members see of pages of something that there is not; all others are shown. */
const OF_NOTHING: Record<string, string> = {
	"[team]/page.tsx": "redirect to /apex/workflows",
	"[team]/(shell)/clone/[token]/page.tsx": "not found",
	"[team]/(shell)/templates/[slug]/page.tsx": "not found",
	"[team]/(shell)/templates/[slug]/use/page.tsx": "not found",
};

const SIGN_IN = "redirect to /sign-in?next=";
const IN_A_TEAM = "[team]/";
const OTHER_PARAMS = { slug: "none", number: "1", token: "a".repeat(22) };

const files = readdirSync("app", { recursive: true, encoding: "utf8" });
const pages = files.filter((file) => file.endsWith("page.tsx"));
const pagesOfTeams = pages.filter((file) => file.startsWith(IN_A_TEAM));
const routes = files.filter((file) => file.endsWith("route.ts"));

let database: TestDatabase;
let acme: TestTeam;
let rivals: TestTeam;
/** A run of acme’s that has ended, and a file of it. */
let runId: string;
let slug: string;
let fileId: string;

beforeAll(async () => {
	database = await createTestDatabase();
	vi.stubEnv("DATABASE_URL", database.url);
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	acme = await createTestTeam(database, "acme");
	rivals = await createTestTeam(database, "rivals");
	({ runId, slug } = await insertTestRun(database, acme.id));
	await endRun(database.sql, runId, { end: { status: "cancelled", actor: acme.members.owner.actor } });
	vi.stubEnv("WEFT_DATA_DIR", await mkdtemp(join(tmpdir(), "weft-permissions-")));
	const place = { teamId: acme.id, runId, nodeId: "", iteration: "", attempt: 0 };
	const open = async () => Readable.from([Buffer.from("x")]);
	fileId = (await saveFile(openFileStore(database.sql), place, { name: "x.txt", size: 1, open })).id;
	await ensureTestPrompt(acme.members.owner);
	const sample = { team: "acme", prompt: "sample", name: "any", variables: {} };
	await saveCase(acme.members.owner, { ...sample, expectation: { kind: "any" } });
	await renameTeam(acme.members.owner, { team: "acme", name: "Acme", newSlug: "apex" });
});
afterAll(async () => {
	const { getDatabase } = await import("@/server/database");
	await getDatabase().close();
	vi.unstubAllEnvs();
	await database.drop();
});

/** A browser at an address, in which somebody is signed in, or nobody. */
async function openAs(person: { userId: string } | null, path = "/"): Promise<void> {
	openTestBrowser({ host: "localhost:3000", "x-weft-client-address": "127.0.0.1", "x-weft-path": path });
	if (!person) return;
	const origin = { address: "127.0.0.1", userAgent: "", before: undefined };
	const { token } = await database.db.transaction((tx) => beginSession(tx, person.userId, origin));
	setTestCookie("weft.session", token);
}

test("every page and route handler is walked here, or listed with who guards it", () => {
	const others = pages.filter((file) => !file.startsWith(IN_A_TEAM));
	expect(others.sort()).toEqual(Object.keys(PAGES_OF_NO_TEAM).sort());
	expect(routes.sort()).toEqual(Object.keys(ROUTES).sort());
	expect(pagesOfTeams.length).toBeGreaterThan(10);
});

interface PageModule {
	default: (props: { params: Promise<object>; searchParams: Promise<object> }) => Promise<unknown>;
}

/** What the page of a team answers: that it was shown, or where it leads. */
async function visit(file: string, team: string): Promise<string> {
	const page: PageModule = await import(/* @vite-ignore */ `./${file}`);
	const params = Promise.resolve({ team, ...OTHER_PARAMS });
	try {
		const shown = await page.default({ params, searchParams: Promise.resolve({}) });
		return isValidElement(shown) ? "shown" : "nothing";
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

describe.each(pagesOfTeams)("the page %s", (file) => {
	const path = (team: string) =>
		`/${file
			.replace(/\/page\.tsx$/, "")
			.replace(/\(.*?\)\//, "")
			.replace("[team]", team)}?a=b`;

	test("asks for signing in, and leads back with its query", async () => {
		await openAs(null, path("apex"));
		expect(await visit(file, "apex")).toBe(SIGN_IN + encodeURIComponent(path("apex")));
	});

	test("is not found by another team’s owner, by its former address either", async () => {
		await openAs(rivals.members.owner, path("apex"));
		expect([await visit(file, "apex"), await visit(file, "acme"), await visit(file, "never")]).toEqual(
			Array(3).fill("not found"),
		);
	});

	test("leads members from a former address to the present one", async () => {
		await openAs(acme.members.viewer, path("acme"));
		expect(await visit(file, "acme")).toBe(`redirect to ${path("apex")}`);
	});

	test.each(ROLES)("lets a team’s %s in", async (role) => {
		await openAs(acme.members[role], path("apex"));
		expect(await visit(file, "apex")).toBe(OF_NOTHING[file] ?? "shown");
	});
});

describe.each([
	["inbox/page.tsx", "/inbox", "/apex/inbox"],
	["account/page.tsx", "/account", "/apex/settings/account"],
])("the address without a team in %s", (file, path, inTeam) => {
	test("leads members into their team, and others to signing in and back", async () => {
		await openAs(acme.members.viewer, path);
		expect(await visit(file, "")).toBe(`redirect to ${inTeam}`);
		await openAs(null, path);
		expect(await visit(file, "")).toBe(SIGN_IN + encodeURIComponent(path));
	});
});

type Handler = (request: Request) => Promise<Response>;

async function download(handler: Handler, path: string): Promise<number> {
	const answer = await handler(new Request(`http://localhost:3000${path}`));
	await answer.body?.cancel();
	return answer.status;
}

/** Handlers for members of a team: what each answers to a browser that names a team, and the permission it takes. */
const DOWNLOADS: { name: string; permission: Permission; ask: (team: string) => Promise<number> }[] = [
	{
		name: "the export of the audit log",
		permission: "audit:view",
		ask: async (team) => download((await import("./api/audit/route")).GET, `/api/audit?team=${team}&format=csv`),
	},
	{
		name: "the export of costs",
		permission: "team:view",
		ask: async (team) => {
			const path = `/api/costs?team=${team}&from=2027-01-01&to=2027-01-31&timeZone=UTC`;
			return download((await import("./api/costs/route")).GET, path);
		},
	},
	{
		name: "the film of a run",
		permission: "run:share",
		ask: async (team) => download((await import("./api/film/route")).GET, `/api/film?team=${team}&runId=${runId}`),
	},
	{
		name: "the archive of prompts",
		permission: "team:view",
		ask: async (team) => download((await import("./api/prompts/zip/route")).GET, `/api/prompts/zip?team=${team}`),
	},
	{
		name: "the test of a prompt",
		permission: "prompt:edit",
		ask: async (team) => {
			const asked = { team, text: "---\nname: a\n---\nHi", variables: {}, provider: "demo" };
			const body = JSON.stringify(asked);
			const headers = { "content-length": String(body.length) };
			const request = new Request("http://localhost:3000/api/prompts/test", { method: "POST", body, headers });
			const answer = await (await import("./api/prompts/test/route")).POST(request);
			await answer.body?.cancel();
			return answer.status;
		},
	},
	{
		name: "the description of a workflow",
		permission: "workflow:edit",
		ask: async (team) => {
			const plan = { version: 1, nodes: [] };
			const body = JSON.stringify({ ask: "describe", team, slug, text: "Run `true`", plan, provider: "demo" });
			const headers = { "content-length": String(body.length) };
			const request = new Request("http://localhost:3000/api/assistant", { method: "POST", body, headers });
			const answer = await (await import("./api/assistant/route")).POST(request);
			await answer.body?.cancel();
			return answer.status;
		},
	},
	{
		name: "the test of a prompt with its cases",
		permission: "prompt:edit",
		ask: async (team) => {
			const asked = { team, prompt: "sample", text: "---\nname: a\n---\nHi", provider: "demo" };
			const body = JSON.stringify(asked);
			const headers = { "content-length": String(body.length) };
			const request = new Request("http://localhost:3000/api/prompts/cases", { method: "POST", body, headers });
			const answer = await (await import("./api/prompts/cases/route")).POST(request);
			await answer.body?.cancel();
			return answer.status;
		},
	},
	{
		name: "a file of a run",
		permission: "team:view",
		ask: async (team) =>
			download((await import("./api/artifacts/route")).GET, `/api/artifacts?team=${team}&id=${fileId}`),
	},
	{
		name: "the archive of a run’s files",
		permission: "team:view",
		ask: async (team) =>
			download((await import("./api/artifacts/zip/route")).GET, `/api/artifacts/zip?team=${team}&runId=${runId}`),
	},
];

describe.each(DOWNLOADS)("$name", ({ permission, ask }) => {
	test("asks for signing in", async () => {
		await openAs(null);
		expect(await ask("apex")).toBe(401);
	});

	test("is not there for another team’s owner, by a former address either", async () => {
		await openAs(rivals.members.owner);
		expect([await ask("apex"), await ask("acme")]).toEqual([404, 404]);
	});

	test.each(ROLES)("answers a team’s %s by what their role may do", async (role) => {
		await openAs(acme.members[role]);
		expect(await ask("apex")).toBe(allows(role, permission) ? 200 : 403);
	});
});

test.each(DOWNLOADS.filter(({ name }) => / run/.test(name)))(
	"$name of another team is not there under the name of one’s own",
	async ({ ask }) => {
		await openAs(rivals.members.owner);
		expect(await ask("rivals")).toBe(404);
	},
);

test("the handler of all procedures serves no other site’s page, and nobody without a session", async () => {
	const { GET }: { GET: Handler } = await import("./api/trpc/[trpc]/route");
	const address = `http://localhost:3000${urlOfQuery("members.list", { team: "apex" })}`;
	const ask = (headers: Record<string, string>) => GET(new Request(address, { headers }));
	await openAs(null);
	expect((await ask({})).status).toBe(401);
	await openAs(acme.members.viewer);
	expect((await ask({})).status).toBe(200);
	expect((await ask({ "sec-fetch-site": "cross-site" })).status).toBe(403);
});
