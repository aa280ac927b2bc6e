import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { newId } from "@/db/new-id";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { insertTestRun } from "@/server/runs/test-run";
import { endAllStreams } from "@/server/runs/watch/open-streams";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { appRouter } from "./router";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

describe("what a client sees of an error", () => {
	test("a refusal keeps its words and its code", async () => {
		const { status, error } = await get("workflows.get", { team: "acme", slug: "nowhere" });
		expect(status).toBe(404);
		expect(error).toMatchObject({
			message: "There is no workflow “nowhere” in this team. It may have been removed.",
			data: { code: "NOT_FOUND", weft: { code: "not_found" } },
		});
	});

	test("a wrong input names the field", async () => {
		const { status, error } = await get("workflows.get", { team: "acme" });
		expect(status).toBe(400);
		expect(error.message).toMatch(/^This request is not valid\. slug: /);
	});

	test("a wrong input that people typed is told in our words alone", async () => {
		const role = { team: "acme", role: "viewer", maxUses: 0, days: 1.5 };
		const { status, error } = await post("invitations.create", JSON.stringify({ json: role }));
		expect(status).toBe(400);
		expect(error.message).toBe("An invitation is for 1 to 1,000 people. An invitation lasts 1 to 90 days.");
	});

	test("a file with mistakes brings the place of each", async () => {
		const { error } = await post("workflows.importYaml", JSON.stringify({ json: { team: "acme", yaml: "nodes: [" } }));
		expect(error.data.weft).toMatchObject({ code: "invalid", issues: [{ message: expect.stringMatching(/^Line 1/) }] });
	});

	test("text that is no JSON is the sender's mistake", async () => {
		expect((await post("workflows.importYaml", "{")).status).toBe(400);
	});

	test("anything unexpected is a reference, without addresses or lines of code", async () => {
		const gone = openDatabase("postgres://somebody:hunter2@127.0.0.1:1/nowhere");
		const { status, error } = await get("workflows.list", { team: "acme" }, gone);
		expect(status).toBe(500);
		expect(error.message).toMatch(
			/^Something went wrong on the server\. Try again; its log has more under [0-9a-f]{8}\.$/,
		);
		expect(JSON.stringify(error)).not.toMatch(/ECONNREFUSED|hunter2|127\.0\.0\.1|select|\.ts:/);
	});
});

test("a stream ends with an error that makes clients come back when the server shuts down", async () => {
	const { runId } = await insertTestRun(database, team.id);
	const response = await call("runs.watch", { json: { team: "acme", runs: [{ id: runId, after: 0 }] } }, database);
	const text = response.text();

	endAllStreams();

	expect(await text).toMatch(/event: serialized-error\ndata: .*SERVICE_UNAVAILABLE/);
});

interface Failure {
	status: number;
	error: { message: string; data: { weft?: unknown } };
}

async function get(path: string, input: unknown, target: Database = database): Promise<Failure> {
	return await readFailure(await call(path, { json: input }, target));
}

async function post(path: string, body: string): Promise<Failure> {
	const headers = { "content-type": "application/json" };
	return await readFailure(await handle(new Request(`http://weft.test/${path}`, { method: "POST", headers, body })));
}

function call(path: string, input: unknown, target: Database): Promise<Response> {
	return handle(new Request(`http://weft.test/${path}?input=${encodeURIComponent(JSON.stringify(input))}`), target);
}

function handle(request: Request, target: Database = database): Promise<Response> {
	const { actor, email } = team.members.editor;
	const viewer = {
		userId: actor.kind === "user" ? actor.id : "",
		name: "Ed",
		email,
		session: { id: newId() },
	};
	return fetchRequestHandler({
		endpoint: "",
		req: request,
		router: appRouter,
		createContext: () => ({ database: target, viewer }),
	});
}

async function readFailure(response: Response): Promise<Failure> {
	const { error } = await response.json();
	return { status: response.status, error: error.json };
}
