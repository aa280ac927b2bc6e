import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { afterAll, expect, test } from "vitest";
import { guardRequests } from "@/server/http/guard-requests";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createHook, json } from "../../webhook/test-webhook";
import { hookTokenOf } from "../address/hook-token";
import { serveHook } from "./serve-hook";

const { database, team } = await setUpTestTeam();
const at = { database, team };

const server = createServer((_, response) => void response.end("Next.js"));
guardRequests(server, (url) => {
	const token = hookTokenOf(url);
	return token === undefined ? undefined : (...both) => void serveHook(database, token, both);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;
afterAll(() => server.close());

const served = (hook: { address: string }) => `http://127.0.0.1:${port}${new URL(hook.address).pathname}`;

test("requests to addresses of triggers are answered without Next.js, all others by it", async () => {
	const hook = await createHook(at);
	const answer = await fetch(`${served(hook)}?a=1&a=2`, { method: "POST", ...json({ n: 1 }) });
	expect(answer.status).toBe(202);
	expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
	expect(await answer.json()).toMatchObject({ deliveries: [{ verdict: "started", run: { number: 1 } }] });
	expect((await hook.runs())[0]?.payload).toMatchObject({ body: { n: 1 }, query: { a: ["1", "2"] }, method: "POST" });
	for (const path of ["/api/hooks", "/api/hooks/a/b", "/api/hooks/%61", "/api/health", "/x?/api/hooks/a"])
		expect(await (await fetch(`http://127.0.0.1:${port}${path}`)).text()).toBe("Next.js");
});

test("100 MB that are really sent are refused after little of them, whether their length is told or not", async () => {
	const hook = await createHook(at);
	for (const length of ["content-length: 100000000", "transfer-encoding: chunked"]) {
		const { answer, read } = await attack(`POST ${pathOf(hook)} HTTP/1.1\r\nhost: a\r\n${length}\r\n\r\n`, 100);
		expect(answer).toMatch(/^HTTP\/1.1 413 /);
		expect(read).toBeLessThan(4_000_000);
	}
	expect(await hook.deliveries()).toMatchObject(Array(2).fill({ reason: "Its body is larger than 1 MB." }));
	expect((await fetch(served(hook), { method: "POST" })).status).toBe(202);
});

test("headers without end are refused before anybody looks at them", async () => {
	const hook = await createHook(at);
	const headers = Array.from({ length: 10_000 }, (_, n) => `x-${n}: ${"a".repeat(100)}\r\n`).join("");
	const { answer, read } = await attack(`POST ${pathOf(hook)} HTTP/1.1\r\nhost: a\r\n${headers}\r\n`);
	expect(answer).toMatch(/^HTTP\/1.1 431 /);
	expect(read).toBeLessThan(500_000);
	expect(await hook.deliveries()).toEqual([]);
	expect((await fetch(served(hook), { method: "POST" })).status).toBe(202);
});

function pathOf(hook: { address: string }): string {
	return new URL(hook.address).pathname;
}

const CHUNK = Buffer.concat([Buffer.from("f4240\r\n"), Buffer.alloc(1_000_000, "a"), Buffer.from("\r\n")]);

/** Sends a head and so many megabytes for as long as the server lets it; how much of that the server has read. */
async function attack(head: string, megabytes = 0): Promise<{ answer: string; read: number }> {
	const accepted = once(server, "connection");
	const socket = connect(port, "127.0.0.1");
	const received: Buffer[] = [];
	socket.on("data", (data) => received.push(data)).on("error", () => {});
	const [theirs] = await accepted;
	const closed = Promise.all([theirs, socket].map((each) => new Promise((resolve) => each.on("close", resolve))));
	socket.write(head);
	for (let sent = 0; sent < megabytes && !socket.destroyed; sent += 1) {
		if (!socket.write(CHUNK)) await Promise.race([once(socket, "drain"), closed]).catch(() => undefined);
	}
	await closed;
	return { answer: Buffer.concat(received).toString(), read: theirs.bytesRead };
}

test("requests at once are numbered without a gap, by several servers too", async () => {
	const hook = await createHook(at, { dedupeKey: "trigger.body.id" });
	const answers = await Promise.all(
		Array.from({ length: 120 }, (_, n) =>
			n % 3 === 0 ? hook.send(json({ id: n % 60 })) : fetch(served(hook), { method: "POST", ...json({ id: n % 60 }) }),
		),
	);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
	expect((await hook.runs()).map(({ number }) => number)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
	const [row] = await database.sql`select next_run_number as next from workflows where id = ${hook.id}`;
	expect(row?.next).toBe(61);
});
