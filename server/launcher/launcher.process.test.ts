import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openDatabase } from "@/db/client";
import { readOutput, startPlan, untilRun } from "@/inngest/functions/test-runs";
import { isAlive } from "@/server/live-process";
import { step, testPlan } from "@/server/plan/test-plan";
import { submitForm } from "./test-form";
import {
	findDatabaseUrl,
	findFreePort,
	findPart,
	findParts,
	killPart,
	newDataDirectory,
	type PartName,
	startLauncher,
	type TestLauncher,
} from "./test-launcher";

/** The first start may build. */
const START_LIMIT_MS = 240_000;

let data: ReturnType<typeof newDataDirectory>;
let env: Record<string, string>;
let launcher: TestLauncher;
beforeAll(async () => {
	data = newDataDirectory();
	env = { WEFT_DATA_DIR: data.directory, PORT: String(await findFreePort()) };
	launcher = startLauncher(env);
	await launcher.ready();
}, START_LIMIT_MS);
afterAll(async () => {
	launcher.kill("SIGTERM");
	await launcher.ended;
	data.remove();
});

async function health(): Promise<unknown> {
	const response = await fetch(`${launcher.origin}/api/health`);
	return response.json();
}

async function untilHealthy(): Promise<void> {
	await vi.waitFor(async () => expect(await health()).toEqual({ status: "ok" }), { timeout: 20_000, interval: 50 });
}

/** The whole sign-in of the demo user, by the form of the start page, as a script. Prints the answer, headers first. */
function pressDemo(origin: string): string {
	return `
import html, re, urllib.request, http.client
page = urllib.request.urlopen("${origin}/").read().decode()
form = page.split("<form")[1].split("</form>")[0]
inputs = re.findall(r'name="([^"]*)"(?: value="([^"]*)")?', form)
field = '--x\\r\\nContent-Disposition: form-data; name="{}"\\r\\n\\r\\n{}\\r\\n'
body = "".join(field.format(name, html.unescape(value)) for name, value in inputs) + "--x--\\r\\n"
connection = http.client.HTTPConnection("${new URL(origin).host}")
connection.request("POST", "/", body, {"content-type": "multipart/form-data; boundary=x"})
answer = connection.getresponse()
print(answer.getheaders(), re.sub("<[^>]*>", " ", answer.read().decode())[:3000])
`;
}

async function startAgain(): Promise<void> {
	launcher = startLauncher(env);
	await launcher.ready();
	await untilHealthy();
}

describe("npm start", { timeout: 60_000 }, () => {
	test("a second start on the same data is refused, the first stays", async () => {
		const second = startLauncher({ ...env, PORT: String(await findFreePort()) });
		expect(await second.ended).toBe(1);
		expect(second.output()).toContain(`weft: Weft already runs on ${data.directory} (process ${launcher.pid}).`);
		expect(await health()).toEqual({ status: "ok" });
	});

	test.each<PartName>(["worker", "web", "database"])("a killed %s is started again", async (name) => {
		const before = findPart(data.directory, name);
		process.kill(before, "SIGKILL");
		await vi.waitFor(() => expect(findPart(data.directory, name)).not.toBe(before), { timeout: 20_000 });
		await untilHealthy();
	});

	test("a sign-in that fails on the server is told in the log with its cause and without what was sent", async () => {
		const sql = postgres(findDatabaseUrl(data.directory), { max: 1 });
		await sql`alter table users rename column password_hash to gone`;
		await submitForm(`${launcher.origin}/sign-in`, { email: "ada@example.com", password: "a password" });
		await sql`alter table users rename column gone to password_hash`;
		await sql.end();
		await vi.waitFor(() => expect(launcher.output()).toContain('PostgresError: column "password_hash"'));
		expect(launcher.output()).not.toMatch(/ada@example|a password/);
	});

	test("a step that presses Try the demo is refused in words, and a program beside it is let in", async () => {
		const database = openDatabase(findDatabaseUrl(data.directory), { max: 2 });
		const command = pressDemo(launcher.origin);
		const runId = await startPlan(database, testPlan([step("press", "python", { code: command })]));
		await untilRun(database, runId);
		const inside = JSON.stringify(await readOutput(database, runId, "press"));
		await database.close();
		expect(inside).toContain("not for steps of a workflow");
		expect(inside).not.toContain("weft.session=");
		const outside = await promisify(execFile)("python3", ["-c", command]);
		expect(outside.stdout).toContain("weft.session=");
	});

	test("whoever is not signed in cannot make the server read more than a form", async () => {
		const address = `${launcher.origin}/sign-in`;
		const long = await fetch(address, { method: "POST", body: "a".repeat(200_000) });
		// Node.js asks for `duplex`, which the type of the web's fetch does not know.
		const stream = { body: new Blob(["a"]).stream(), duplex: "half" };
		const open = await fetch(address, { method: "POST", ...stream });
		expect([long.status, open.status]).toEqual([413, 411]);
	});

	test("an address with an escape that means nothing is one that leads nowhere", async () => {
		for (const path of ["/%ff", "/acme/workflows/%ff", "/api/trpc/%ff"]) {
			const answer = await fetch(`${launcher.origin}${path}`);
			expect([path, answer.status]).toEqual([path, 404]);
			expect(await answer.text()).toContain("There is nothing here");
		}
	});

	test("a connection that sends thousands of requests ahead of their answers is closed", async () => {
		const ahead = connect(Number(new URL(launcher.origin).port), "127.0.0.1").on("error", () => {});
		ahead.write("GET /sign-in HTTP/1.1\r\nhost: weft\r\n\r\n".repeat(2_000));
		await new Promise((resolve) => ahead.once("close", resolve));
		await untilHealthy();
	});

	test("a database that is killed while it starts is started again, and again", async () => {
		for (let kill = 0; kill < 5; kill++) await killPart(data.directory, "database");
		await untilHealthy();
	});

	test("after a killed launcher, its web and worker leave and the next start works", async () => {
		const before = [findPart(data.directory, "web"), findPart(data.directory, "worker")];
		launcher.kill("SIGKILL");
		await launcher.ended;
		await startAgain();
		await expect.poll(() => before.filter(isAlive), { timeout: 8_000 }).toEqual([]);
		expect(findParts(data.directory).filter(({ name }) => name !== "database")).toHaveLength(2);
	});

	test("after everything was killed at once, the next start works", async () => {
		for (const { pid } of findParts(data.directory)) process.kill(pid, "SIGKILL");
		launcher.kill("SIGKILL");
		await launcher.ended;
		await startAgain();
	});

	test("SIGTERM ends every process and exits with 0; what was stored is there at the next start", async () => {
		launcher.kill("SIGTERM");
		expect(await launcher.ended).toBe(0);
		expect(findParts(data.directory)).toEqual([]);
		await startAgain();
	});
});
