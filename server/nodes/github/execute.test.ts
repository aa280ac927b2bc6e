import type { ServerResponse } from "node:http";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import { FatalError, RetryableError } from "../../errors";
import { createOutboundFetch } from "../../http/outbound-fetch";
import { startTestServer } from "../../http/test-server";
import { createTestContext } from "../test-context";
import { githubDefinition } from "./definition";
import { executeGithub } from "./execute";

const COMMIT = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
let answers: Answer[] = [];
const server = await startTestServer((_, response) => answer(response, answers.shift() ?? { status: 500 }));
afterAll(() => server.close());
beforeEach(() => {
	answers = [];
	server.requests.length = 0;
});

function answer(response: ServerResponse, { status, body, headers }: Answer): void {
	response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
	response.end(body === undefined ? undefined : JSON.stringify(body));
}

const fetch = createOutboundFetch({ allow: ["127.0.0.1"] });
const page = `${server.origin}/octo/hello/issues/7#issuecomment-1`;

async function write(config: JsonObject, attempt = 1) {
	const base = { repository: "octo/hello", token: "ghp_secret", api: server.origin };
	const parsed = githubDefinition.config.parse({ ...base, ...config });
	const context = createTestContext({ fetch, attempt });
	return (await executeGithub(parsed, context)).output;
}

const sent = () => server.requests.map(({ method, path }) => `${method} ${path.replace(/since=[^&]+/, "since=…")}`);
const bodyOf = (index: number): JsonObject => JSON.parse(server.requests[index]?.body ?? "null");

describe("writing to GitHub", () => {
	test("comments with what its API wants, and a marker that readers do not see", async () => {
		answers = [{ status: 201, body: { id: 1, html_url: page } }];
		expect(await write({ number: 7, body: "Looks **good**." })).toEqual({
			id: 1,
			number: 7,
			url: page,
			existed: false,
		});
		expect(sent()).toEqual(["POST /repos/octo/hello/issues/7/comments"]);
		expect(server.requests[0]?.headers).toMatchObject({
			accept: "application/vnd.github+json",
			authorization: "Bearer ghp_secret",
			"x-github-api-version": "2022-11-28",
		});
		expect(bodyOf(0)).toEqual({ body: "Looks **good**.\n\n<!-- weft run-1 step_under_test -->" });
	});

	test("does not comment again when an earlier attempt had, and its answer was lost", async () => {
		const others = Array.from({ length: 100 }, (_, id) => ({ id, body: "other" }));
		const mine = { id: 101, html_url: page, body: "Hi\n\n<!-- weft run-1 step_under_test -->" };
		answers = [
			{ status: 200, body: others },
			{ status: 200, body: [mine] },
		];
		expect(await write({ number: 7, body: "Hi" }, 2)).toEqual({ id: 101, number: 7, url: page, existed: true });
		const asked = "GET /repos/octo/hello/issues/7/comments?since=…&per_page=100&page=";
		expect(sent()).toEqual([`${asked}1`, `${asked}2`]);
	});

	test("comments in a later attempt when no earlier one had", async () => {
		answers = [
			{ status: 200, body: [{ id: 4, body: null }] },
			{ status: 201, body: { id: 5 } },
		];
		expect(await write({ number: 7, body: "Hi" }, 2)).toMatchObject({ id: 5, existed: false });
	});

	test("opens an issue with labels", async () => {
		answers = [{ status: 201, body: { id: 9, number: 12, html_url: page } }];
		const issue = { action: "issue", title: "Disk full", body: "On db-1", labels: ["ops"] };
		expect(await write(issue)).toEqual({ id: 9, number: 12, url: page, existed: false });
		expect(bodyOf(0)).toMatchObject({ title: "Disk full", labels: ["ops"] });
	});

	test("sets a status, its text cut to what GitHub takes", async () => {
		answers = [{ status: 201, body: { id: 3 } }];
		const output = await write({ action: "status", commit: COMMIT, name: "weft/ci", body: `${"a ".repeat(100)}` });
		expect(output).toEqual({
			id: 3,
			number: null,
			url: `${server.origin}/octo/hello/commit/${COMMIT}`,
			existed: false,
		});
		expect(sent()).toEqual([`POST /repos/octo/hello/statuses/${COMMIT}`]);
		expect(String(bodyOf(0).description)).toHaveLength(140);
	});

	test("writes a check run once, known by its external id", async () => {
		const check = { action: "check run", commit: COMMIT, name: "review", conclusion: "failure", body: "Two problems" };
		answers = [{ status: 201, body: { id: 20, html_url: page } }];
		await write(check);
		const written = bodyOf(0);
		expect(written).toMatchObject({ head_sha: COMMIT, status: "completed", conclusion: "failure" });
		answers = [{ status: 200, body: { total_count: 1, check_runs: [{ id: 20, external_id: written.external_id }] } }];
		expect(await write(check, 2)).toMatchObject({ id: 20, existed: true });
	});

	test("adds labels and takes others away, also one that is not there", async () => {
		answers = [{ status: 200, body: [] }, { status: 404 }, { status: 200, body: [] }];
		const labels = { action: "labels", number: 7, labels: ["ready"], removeLabels: ["in work", "wip"] };
		expect(await write(labels)).toEqual({
			...{ id: null, number: 7, existed: false },
			url: `${server.origin}/octo/hello/issues/7`,
		});
		expect(sent()[1]).toBe("DELETE /repos/octo/hello/issues/7/labels/in%20work");
	});
});

describe("what GitHub refuses", () => {
	const comment = { number: 7, body: "Hi" };
	const failure = async (answer: Answer) => {
		answers = [answer];
		return await write(comment).catch((error: unknown) => error);
	};

	test.each([
		[{ status: 429, headers: { "retry-after": "30" } }, 30],
		[{ status: 403, headers: { "retry-after": "7" }, body: { message: "secondary rate limit" } }, 7],
		[{ status: 403, body: { message: "You have exceeded a secondary rate limit." } }, 60],
	])("is asked again after as long as it says: %j", async (answer, seconds) => {
		const error = await failure(answer);
		expect(error).toBeInstanceOf(RetryableError);
		expect(error).toMatchObject({ retryAfterSeconds: seconds });
	});

	test("is asked again when its window ends", async () => {
		const reset = String(Math.ceil(Date.now() / 1_000) + 100);
		const error = await failure({
			status: 403,
			headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
			body: { message: "API rate limit exceeded" },
		});
		expect(error).toBeInstanceOf(RetryableError);
		expect(error instanceof RetryableError && error.retryAfterSeconds).toBeGreaterThan(90);
	});

	test.each([
		[{ status: 401, body: { message: "Bad credentials" } }, "GitHub answered 401: Bad credentials. The token is wrong"],
		[{ status: 403, body: { message: "Resource not accessible" } }, "give it the permission to write there"],
		[{ status: 404, body: { message: "Not Found" } }, "There is nothing of that name in octo/hello"],
		[{ status: 301 }, "octo/hello was renamed"],
		[
			{ status: 422, body: { message: "Validation Failed", errors: [{ field: "body", code: "missing_field" }] } },
			"GitHub answered 422: Validation Failed: body missing_field.",
		],
	])("is told with the next step, without the token: %j", async (answer, words) => {
		const error = await failure(answer);
		expect(error).toBeInstanceOf(FatalError);
		expect(error instanceof Error ? error.message : "").toContain(words);
		expect(String(error)).not.toContain("ghp_secret");
	});

	test("is asked again after a fault of its own", async () => {
		expect(await failure({ status: 502 })).toBeInstanceOf(RetryableError);
	});
});

test.each([
	[{ repository: "octo", number: 1, body: "Hi" }, "repository"],
	[{ repository: "octo/../x", number: 1, body: "Hi" }, "repository"],
	[{ action: "status", commit: "main", name: "ci" }, "commit"],
	[{ action: "comment", body: "Hi" }, "number"],
	[{ action: "labels", number: 1 }, "labels"],
])("refuses a form that lacks what its action wants: %j", (config, field) => {
	const { error } = githubDefinition.config.safeParse({ repository: "o/r", token: "t", ...config });
	expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
});
