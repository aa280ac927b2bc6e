import type { ServerResponse } from "node:http";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { createOutboundFetch } from "../../http/outbound-fetch";
import { startTestServer } from "../../http/test-server";
import { createTestContext } from "../test-context";
import { gitDefinition } from "./definition";
import { executeGit } from "./execute";

type Answer = { status: number; body: unknown };
let answers: Answer[] = [];
const server = await startTestServer((_, response) => answer(response, answers.shift() ?? { status: 500, body: {} }));
afterAll(() => server.close());
beforeEach(() => {
	answers = [];
	server.requests.length = 0;
});

function answer(response: ServerResponse, { status, body }: Answer): void {
	response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const fetch = createOutboundFetch({ allow: ["127.0.0.1"] });

async function open(config: Partial<z.input<typeof gitDefinition.config>>) {
	const base = {
		action: "pull request",
		branch: "weft/update",
		title: "Update",
		body: "All of it",
		token: "t0ken",
	} as const;
	const parsed = gitDefinition.config.parse({ ...base, api: `${server.origin}/api/`, ...config });
	return (await executeGit(parsed, createTestContext({ fetch }))).output;
}

const sent = () => server.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
const bodyOf = (index: number) => JSON.parse(server.requests[index]?.body ?? "null");

const github = { url: "git@github.com:acme/site.git" };
const pull = {
	...{ number: 7, html_url: "https://github.com/acme/site/pull/7", title: "Update", state: "open" },
	...{ head: { ref: "weft/update", sha: "abc" }, base: { ref: "main", sha: "def" } },
};
const opened = { number: 7, url: pull.html_url, title: "Update", branch: "weft/update", base: "main" };

test("opens a pull request into the default branch", async () => {
	answers = [
		{ status: 200, body: [] },
		{ status: 200, body: { default_branch: "main" } },
		{ status: 201, body: pull },
	];
	expect(await open({ ...github, draft: true })).toEqual({ ...opened, existed: false });
	expect(sent()).toEqual([
		"GET /api/repos/acme/site/pulls?state=open&head=acme:weft/update&per_page=100",
		"GET /api/repos/acme/site",
		"POST /api/repos/acme/site/pulls",
	]);
	expect(server.requests[0]?.headers.authorization).toBe("Bearer t0ken");
	const body = { title: "Update", head: "weft/update", base: "main", body: "All of it", draft: true };
	expect(bodyOf(2)).toEqual(body);
});

test("returns the one that is open already, also when it came in between", async () => {
	answers = [{ status: 200, body: [pull] }];
	expect(await open(github)).toEqual({ ...opened, existed: true });
	const exists = {
		message: "Validation Failed",
		errors: [{ message: "A pull request already exists for acme:weft/update." }],
	};
	answers = [
		{ status: 200, body: [] },
		{ status: 422, body: exists },
		{ status: 200, body: [pull] },
	];
	expect(await open({ ...github, base: "main" })).toMatchObject({ number: 7 });
});

const gitlab = { url: "https://gitlab.example.com/group/sub/site.git" };
const request = {
	...{
		id: 900,
		iid: 3,
		web_url: "https://gitlab.example.com/group/sub/site/-/merge_requests/3",
		title: "Draft: Update",
	},
	...{ source_branch: "weft/update", target_branch: "main", state: "opened" },
};

test("opens a merge request on GitLab, once", async () => {
	answers = [
		{ status: 200, body: [] },
		{ status: 200, body: { id: 1, default_branch: "main" } },
		{ status: 201, body: request },
	];
	const output = { number: 3, url: request.web_url, title: "Draft: Update", branch: "weft/update", base: "main" };
	expect(await open({ ...gitlab, draft: true })).toEqual({ ...output, existed: false });
	expect(server.requests.map(({ path }) => path.split("?")[0])).toEqual([
		"/api/projects/group%2Fsub%2Fsite/merge_requests",
		"/api/projects/group%2Fsub%2Fsite",
		"/api/projects/group%2Fsub%2Fsite/merge_requests",
	]);
	expect(bodyOf(2)).toMatchObject({ source_branch: "weft/update", target_branch: "main", title: "Draft: Update" });
	answers = [
		{ status: 200, body: [] },
		{ status: 409, body: { message: ["Another open merge request already exists for this source branch: !3"] } },
		{ status: 200, body: [request] },
	];
	expect(await open({ ...gitlab, base: "main" })).toMatchObject({ number: 3 });
});

test.each<[Answer, string]>([
	[{ status: 401, body: { message: "401 Unauthorized" } }, "renew it in its credential"],
	[{ status: 403, body: { error: "insufficient_scope" } }, "give it the scope api"],
	[{ status: 404, body: { message: "404 Project Not Found" } }, "There is no group/sub/site"],
	[{ status: 400, body: { message: { title: ["is too long"] } } }, 'GitLab answered 400: {"title":["is too long"]}.'],
])("what GitLab refuses is told with the next step, without the token: %j", async (refusal, words) => {
	answers = [refusal];
	const error = await open(gitlab).catch(String);
	expect(error).toContain(words);
	expect(error).not.toContain("t0ken");
});

test("a server whose kind cannot be told has to be named", async () => {
	await expect(open({ url: "https://git.example.com/a/b.git" })).rejects.toThrow("Choose the kind of server.");
	answers = [{ status: 200, body: [pull] }];
	expect(await open({ url: "https://git.example.com/acme/site.git", forge: "github" })).toMatchObject({ number: 7 });
});
