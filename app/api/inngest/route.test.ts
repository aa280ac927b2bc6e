import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";

afterEach(() => {
	vi.unstubAllEnvs();
	vi.resetModules();
});

async function loadRoute(env: Record<string, string>) {
	for (const [name, value] of Object.entries({ WEFT_WORKER_MODE: "serve", ...env })) vi.stubEnv(name, value);
	return await import("./route");
}

/** Answers every request with 200 and keeps its headers. */
async function startWorker(): Promise<{ port: string; received: IncomingHttpHeaders[] }> {
	const received: IncomingHttpHeaders[] = [];
	const server = createServer((request, response) => {
		received.push(request.headers);
		response.end("done");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	const address = server.address();
	return { port: String(typeof address === "object" ? address?.port : ""), received };
}

const call = (headers: Record<string, string> = {}) =>
	new Request("http://weft.example.com/api/inngest?fnId=a", { method: "POST", body: "{}", headers });

test.each([
	["in embedded mode", { WEFT_ENGINE: "embedded", INNGEST_SIGNING_KEY: "signkey-test-12" }],
	["without a key where others reach the server", { WEFT_ENGINE: "inngest", HOST: "0.0.0.0", INNGEST_SIGNING_KEY: "" }],
])("nothing is there %s", async (_, env) => {
	const { POST } = await loadRoute(env);
	expect((await POST(call())).status).toBe(404);
});

test("where workers connect to the server there is nothing to call", async () => {
	const env = { WEFT_ENGINE: "inngest", WEFT_WORKER_MODE: "connect", INNGEST_SIGNING_KEY: "signkey-test-12" };
	const { POST } = await loadRoute(env);
	expect((await POST(call())).status).toBe(404);
});

test("hands a request on to the worker, but nothing of its connection and no session", async () => {
	const { port, received } = await startWorker();
	const { POST } = await loadRoute({
		WEFT_ENGINE: "inngest",
		INNGEST_SIGNING_KEY: "signkey-test-12",
		WEFT_WORKER_PORT: port,
	});
	const response = await POST(call({ "x-inngest-signature": "t=1&s=2", cookie: "weft.session=a", te: "trailers" }));
	expect(await response.text()).toBe("done");
	expect(received).toHaveLength(1);
	expect(received[0]).toMatchObject({ "x-inngest-signature": "t=1&s=2" });
	expect(received[0]).not.toHaveProperty("cookie");
	expect(received[0]).not.toHaveProperty("te");
});

test("without a signing key it hands on only what carries the worker's key", async () => {
	const { port, received } = await startWorker();
	const { POST } = await loadRoute({
		...{ WEFT_ENGINE: "inngest", INNGEST_SIGNING_KEY: "", WEFT_WORKER_PORT: port },
		WEFT_SECRET: "a secret of at least 32 characters",
	});
	const { getWorkerKey } = await import("@/inngest/worker-key");
	expect((await POST(call())).status).toBe(401);
	expect(received).toEqual([]);
	const address = `http://localhost:3000/api/inngest?fnId=a&key=${getWorkerKey()}`;
	const response = await POST(new Request(address, { method: "POST", body: "{}" }));
	expect(await response.text()).toBe("done");
});

test("while the master secret is replaced, it hands on what a worker with the other secrets gave as its address", async () => {
	const [old, now] = ["the old secret, of 32 characters or more", "the new secret, of 32 characters or more"] as const;
	const { port, received } = await startWorker();
	const { POST } = await loadRoute({
		...{ WEFT_ENGINE: "inngest", INNGEST_SIGNING_KEY: "", WEFT_WORKER_PORT: port, WEFT_SECRET: old },
	});
	const { getWorkerKey } = await import("@/inngest/worker-key");
	const address = `http://localhost:3000/api/inngest?fnId=a&key=${getWorkerKey([now, old])}`;
	expect((await POST(new Request(address, { method: "POST", body: "{}" }))).status).toBe(200);
	expect(received).toHaveLength(1);
});

test("refuses a body that is too large or of unknown length before it is read", async () => {
	const { POST } = await loadRoute({ WEFT_ENGINE: "inngest", INNGEST_SIGNING_KEY: "signkey-test-12" });
	expect((await POST(call({ "content-length": "50000000" }))).status).toBe(413);
	expect((await POST(call({ "transfer-encoding": "chunked" }))).status).toBe(411);
});
