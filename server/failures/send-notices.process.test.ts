import { fork } from "node:child_process";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { setCredential } from "@/server/credentials/set-credential";
import { childEnv } from "@/server/env";
import { startTestServer } from "@/server/http/test-server";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { TEST_SECRET } from "@/server/teams/test-team";
import { sendNotices } from "./send-notices";
import { setDestination } from "./set-destination";
import { createFailingWorkflow, testNoticeServices } from "./test-failures";

const { database, team } = await setUpTestTeam({ AUTH_URL: "https://weft.example.com" });
const { admin, owner } = team.members;
const program = fileURLToPath(new URL("notice-worker.fixture.ts", import.meta.url));

/** What the far sides have taken: the ids of requests, the metadata of messages. */
const [requested, posted]: [string[], unknown[]] = [[], []];
/** The far side takes everything, and answers only so many; nothing that it hangs on is ever answered. */
let answers = 2;
const server = await startTestServer(({ url = "", headers }, response) => {
	const body = server.requests.at(-1)?.body ?? "";
	if (url === "/hook") requested.push(String(headers["webhook-id"]));
	if (url.includes("postMessage")) posted.push(JSON.parse(new URLSearchParams(body).get("metadata") ?? "null"));
	const isTold = url === "/hook" || url.includes("postMessage");
	if (isTold && answers-- <= 0) return;
	answer(response, url);
});
afterAll(() => server.close());

function answer(response: ServerResponse, url: string): void {
	const messages = url.includes("history") ? posted.map((metadata, n) => ({ ts: `${n}.1`, metadata })) : [];
	response.end(JSON.stringify({ ok: true, channel: "C01", ts: "1700.1", messages }));
}

const SECRET = `whsec_${Buffer.from("a secret of twenty-four bytes").toString("base64")}`;

test("a sender killed in the middle leaves no notice unsent, and far sides that can know each once", async () => {
	await setCredential(owner, { team: "acme", name: "HOOK", type: "token", values: { token: SECRET } });
	await setCredential(owner, { team: "acme", name: "BOT", type: "token", values: { token: "xoxb-12345678" } });
	await setDestination(admin, {
		team: "acme",
		type: "webhook",
		fields: { url: `${server.origin}/hook`, secret: "HOOK" },
	});
	await setDestination(admin, { team: "acme", type: "slack", fields: { token: "BOT", channel: "C01" } });
	for (let n = 0; n < 3; n += 1) await (await createFailingWorkflow(database, team.id)).fail(`Failure ${n}`);
	const unsent = async () =>
		(
			await database.sql`
				select d.type from failure_notices n join failure_destinations d on d.id = n.destination_id
				where n.sent_at is null`
		).map(({ type }) => type);
	expect(await unsent()).toHaveLength(6);

	const env = childEnv({ WEFT_SECRET: TEST_SECRET, AUTH_URL: "https://weft.example.com" });
	const worker = fork(program, [database.url, server.origin], { execArgv: ["--import", "tsx"], env });
	const exited = once(worker, "exit");
	await expect.poll(() => requested.length + posted.length, { timeout: 30_000 }).toBe(6);
	await expect.poll(unsent, { timeout: 10_000 }).toHaveLength(4);
	worker.kill("SIGKILL");
	await exited;
	const cutOff = await unsent();

	answers = Number.POSITIVE_INFINITY;
	await sendNotices(database, testNoticeServices(database, server.origin));
	expect(await unsent()).toHaveLength(4);
	await database.sql`update failure_notices set send_at = now() where sent_at is null`;
	await sendNotices(database, testNoticeServices(database, server.origin));
	expect(await unsent()).toEqual([]);
	// A webhook tells its repetitions by their id; a message that stands in the channel is found there.
	expect(new Set(requested).size).toBe(3);
	expect(requested).toHaveLength(3 + cutOff.filter((type) => type === "webhook").length);
	expect(posted).toHaveLength(3);
}, 60_000);
