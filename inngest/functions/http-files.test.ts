import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { createTestDatabase } from "@/db/test-database";
import { createDiskStorage } from "@/server/artifacts/storage/disk-storage";
import { startTestServer } from "@/server/http/test-server";
import { step, testPlan } from "@/server/plan/test-plan";
import type { JsonObject } from "@/server/plan/values/json";
import { readEvents, readOutput, startPlan, untilRun } from "./test-runs";
import { startTestWorker } from "./test-worker";

const SECRET = "hunter2-hunter2";
const PIECE = "0123456789abcdef".repeat(4_096);
/** Longer than what is held of an answer. */
const LARGE = PIECE.repeat(170);

const server = await startTestServer((request, response) => {
	const { url = "" } = request;
	/** Without its length. */
	const stream = (pieces: number, end: () => void) => {
		for (let sent = 0; sent < pieces; sent++) response.write(PIECE);
		end();
	};
	if (url === "/large") stream(170, () => response.end());
	else if (url === "/endless") stream(400, () => response.end());
	else if (url === "/said") response.writeHead(200, { "content-length": LARGE.length * 2 }).write(LARGE);
	else if (url === "/broken")
		response.writeHead(200, { "content-length": "99" }).write("half", () => response.destroy());
	else if (url === "/bomb")
		response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(40_000_000)));
	else if (url === "/secret") response.end(`the key is ${SECRET}.`);
	else if (url === "/away") response.writeHead(404).end("nothing here");
	else response.end();
});
const directory = await mkdtemp(join(tmpdir(), "weft-http-files-"));
const storage = createDiskStorage(directory);
const database = await createTestDatabase();
const limits = { file: 15_000_000, run: 20_000_000, team: 200_000_000 };
const worker = await startTestWorker(database, { storage, limits, secrets: { TOKEN: SECRET } });
afterAll(async () => {
	await worker.stop();
	await server.close();
	await database.drop();
	await rm(directory, { recursive: true, force: true });
});

const get = (path: string, config: JsonObject = {}) =>
	step("get", "http-request", { url: `${server.origin}${path}`, keepAs: "answer.bin", ...config });

async function run(...nodes: Parameters<typeof testPlan>[0]) {
	const edges = nodes.slice(1).map((node, index) => `${Object(nodes[index]).id} -> ${Object(node).id}`);
	const runId = await startPlan(database, testPlan(nodes, edges));
	await untilRun(database, runId);
	const failed = (await readEvents(database, runId)).flatMap((event) =>
		event.type === "step.failed" || event.type === "step.retrying" ? event.data.error : [],
	);
	const files = await database.sql<{ name: string; size: number; storageKey: string }[]>`
		select name, size::float8, storage_key as "storageKey" from artifacts where run_id = ${runId}`;
	return { runId, files, error: `${failed[0]?.message} ${failed[0]?.detail ?? ""}` };
}

const hash = (content: Buffer | string) => createHash("sha256").update(content).digest("hex");

describe("an answer that is kept as a file of the run", () => {
	test("is stored whole, and sent on by reference with its length", async () => {
		const put = step("put", "http-request", {
			...{ method: "PUT", url: `${server.origin}/put`, bodyType: "file", body: "{{ steps.get.output.artifact }}" },
		});
		const { runId, files } = await run(get("/large"), put);
		expect(files).toMatchObject([{ name: "answer.bin", size: LARGE.length }]);
		expect(hash(await buffer(await storage.read(files[0]?.storageKey ?? "")))).toBe(hash(LARGE));
		expect(await readOutput(database, runId, "get")).toMatchObject({
			...{ body: null, file: null, bytes: LARGE.length, truncated: false },
			artifact: { name: "answer.bin", size: LARGE.length },
		});
		const sent = server.requests.at(-1);
		expect([sent?.method, sent?.path, sent?.headers["content-length"]]).toEqual(["PUT", "/put", String(LARGE.length)]);
		expect(sent?.headers["content-type"]).toBe("application/octet-stream");
		expect(hash(sent?.body ?? "")).toBe(hash(LARGE));
	});

	test("holds no secret of the run, and may be empty", async () => {
		const { files } = await run(get("/secret", { headers: { "x-key": "{{ secrets.TOKEN }}" } }));
		const content = await buffer(await storage.read(files[0]?.storageKey ?? ""));
		expect(content.toString()).toMatch(/^the key is (?!hunter2).+\.$/);
		expect((await run(get("/empty"))).files).toMatchObject([{ size: 0 }]);
	});

	test("is cut off where the step says so", async () => {
		const { runId, files } = await run(get("/large", { maxResponseBytes: 11_000_000 }));
		expect(files).toMatchObject([{ size: 11_000_000 }]);
		expect(await readOutput(database, runId, "get")).toMatchObject({ bytes: 11_000_000, truncated: true });
	});

	test.each([
		["/endless", "answer.bin has more than 15 MB, which is what a file may have"],
		["/bomb", "answer.bin has more than 15 MB"],
		["/said", "answer.bin has 22.3 MB, and a file holds at most 15 MB"],
		["/away", "answered 404 Not Found: nothing here"],
		["/broken", "The connection closed in the middle of the response."],
	])("is not kept when it fails: %s", async (path, message) => {
		const { files, error } = await run(get(path));
		expect(files).toEqual([]);
		expect(error).toContain(message);
		const open = await database.sql`select 1 from stored_files where recorded_at is null and doomed_at is null`;
		expect(open).toEqual([]);
	});

	test("goes to one place, and a body is one file", async () => {
		expect((await run(get("/large", { saveAs: "here.bin" }))).error).toContain("goes to one place");
		const put = (body: JsonObject | string[]) =>
			step("put", "http-request", { method: "PUT", url: `${server.origin}/put`, bodyType: "file", body });
		expect((await run(put([]))).error).toContain("or one file of an earlier step");
		expect((await run(put({ id: "none" }))).error).toContain("is gone");
	});
});
