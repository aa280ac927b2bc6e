import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";

beforeEach(() => {
	vi.resetModules();
	vi.stubEnv("WEFT_SECRET", "a secret of at least 32 characters");
});
afterEach(() => vi.unstubAllEnvs());

it("lets nobody through who lacks the worker's key", async () => {
	const { requireWorkerKey } = await import("./require-worker-key");
	const { getWorkerKey } = await import("@/inngest/worker-key");
	const reached: (string | undefined)[] = [];
	const server = createServer(
		requireWorkerKey((request, response) => {
			reached.push(request.method);
			response.end("reached");
		}),
	).listen(0, "127.0.0.1");
	await once(server, "listening");
	onTestFinished(() => void server.close());
	const { port } = z.object({ port: z.number() }).parse(server.address());
	const call = async (method: string, search: string) =>
		(await fetch(`http://127.0.0.1:${port}/api/inngest${search}`, { method })).status;
	for (const method of ["GET", "POST", "PUT"]) expect(await call(method, "?fnId=weft-run-plan&key=guess")).toBe(401);
	expect(await call("POST", "")).toBe(401);
	expect(reached).toEqual([]);
	expect(await call("PUT", `?fnId=a&key=${getWorkerKey()}`)).toBe(200);
	expect(reached).toEqual(["PUT"]);
});
