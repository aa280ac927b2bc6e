import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { createTestDatabase } from "@/db/test-database";
import { createDiskStorage } from "@/server/artifacts/storage/disk-storage";
import { shell, step, testPlan } from "@/server/plan/test-plan";
import type { Json } from "@/server/plan/values/json";
import { removeFiles } from "@/server/runs/chores/remove-files";
import { insertTeam, readEvents, readOutput, startPlan, untilRun } from "./test-runs";
import { startTestWorker } from "./test-worker";

const directory = await mkdtemp(join(tmpdir(), "weft-artifacts-"));
const storage = createDiskStorage(directory);
const database = await createTestDatabase();
const limits = { file: 10_000, run: 25_000, team: 40_000 };
const worker = await startTestWorker(database, { storage, limits, secrets: { TOKEN: "hunter2-hunter2" } });
afterAll(async () => {
	await worker.stop();
	await database.drop();
	await rm(directory, { recursive: true, force: true });
});
const { sql } = database;

interface Row {
	nodeId: string;
	attempt: number;
	name: string;
	kind: string;
	size: number;
	storageKey: string;
}

function rowsOf(runId: string) {
	return sql<Row[]>`
		select node_id as "nodeId", attempt, name, kind, size::float8, storage_key as "storageKey"
		from artifacts where run_id = ${runId} order by node_id, attempt, name`;
}

async function contentOf(runId: string, name: string): Promise<string | undefined> {
	const row = (await rowsOf(runId)).find((each) => each.name === name);
	return row && (await text(await storage.read(row.storageKey)));
}

async function logOf(runId: string, nodeId: string): Promise<string> {
	const events = await readEvents(database, runId);
	return events
		.flatMap((event) => (event.type === "step.log" && event.nodeId === nodeId ? event.data.lines : []))
		.map((line) => `${line.level}: ${line.text}\n`)
		.join("");
}

const leave = (name: string, content: string) =>
	`mkdir -p "$(dirname "$WEFT_ARTIFACTS/${name}")"; printf '${content}' > "$WEFT_ARTIFACTS/${name}"`;
const withFiles = (id: string, command: string, files: Json) => step(id, "shell", { command, files });

describe("the files of a step", () => {
	test("are kept with what is known of them, and stand in its output", async () => {
		const plan = testPlan(
			[shell("build", `${leave("reports/unit.xml", "<testsuite/>")}; ${leave("a.log", "line")}`)],
			[],
		);
		const runId = await startPlan(database, plan);
		await untilRun(database, runId);
		expect(await rowsOf(runId)).toMatchObject([
			{ nodeId: "build", attempt: 1, name: "a.log", kind: "log", size: 4 },
			{ nodeId: "build", attempt: 1, name: "reports/unit.xml", kind: "test-report", size: 12 },
		]);
		expect(await readOutput(database, runId, "build")).toMatchObject({
			artifacts: [{ name: "a.log", type: "text/plain" }, { name: "reports/unit.xml" }],
		});
	});

	test("are kept of each attempt, also of those that failed", async () => {
		const build = shell("build", `${leave("why.txt", "x")}; exit 1`, {
			retry: { maxAttempts: 2, delaySeconds: 0, backoff: "fixed" },
			onFailure: "branch",
		});
		const after = withFiles("after", "cat $WEFT_FILES/why.txt", "{{ steps.build.output.artifacts }}");
		const runId = await startPlan(database, testPlan([build, after], ["build.error -> after"]));
		await untilRun(database, runId);
		expect(await rowsOf(runId)).toMatchObject([
			{ attempt: 1, name: "why.txt" },
			{ attempt: 2, name: "why.txt" },
		]);
		expect(await readOutput(database, runId, "after")).toMatchObject({ stdout: "x" });
	});

	test("of which there are none are none to the next step, too", async () => {
		const next = withFiles("next", 'ls "$WEFT_FILES"', "{{ steps.build.output.artifacts }}");
		const runId = await startPlan(database, testPlan([shell("build", "true"), next], ["build -> next"]));
		expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
		expect(await readOutput(database, runId, "next")).toMatchObject({ stdout: "" });
	});

	test("hold no secret where they are text", async () => {
		const command = `echo {{ secrets.TOKEN }} > "$WEFT_ARTIFACTS/a.txt"; printf '\\xff\\0%s' {{ secrets.TOKEN }} > "$WEFT_ARTIFACTS/a.bin"; printf '\\xff%s' {{ secrets.TOKEN }} > "$WEFT_ARTIFACTS/latin.log"; (printf '\\xff\\xfe'; printf %s {{ secrets.TOKEN }} | sed 's/./&\\n/g' | tr '\\n' '\\0') > "$WEFT_ARTIFACTS/wide.txt"`;
		const runId = await startPlan(database, testPlan([shell("build", command)], []));
		await untilRun(database, runId);
		expect(await contentOf(runId, "a.txt")).toBe("•••\n");
		expect(await contentOf(runId, "a.bin")).toContain("hunter2-hunter2");
		expect(await contentOf(runId, "latin.log")).toBe("\ufffd•••");
		const wide = (await rowsOf(runId)).find(({ name }) => name === "wide.txt");
		expect(await readFile(join(directory, wide?.storageKey ?? ""), "utf16le")).toBe("\ufeff•••");
		expect(await logOf(runId, "build")).toContain("Secrets in a.txt are hidden.");
	});

	test("that lead elsewhere are left out, and the log says so", async () => {
		const command = `cd "$WEFT_ARTIFACTS"; ln -s /etc/passwd link; mkfifo pipe; ${leave("good", "1")}; mkdir -p $'a\\nb'; touch $'a\\nb/c'`;
		const runId = await startPlan(database, testPlan([shell("build", command)], []));
		expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed" });
		expect((await rowsOf(runId)).map(({ name }) => name)).toEqual(["a_b/c", "good"]);
		expect(await logOf(runId, "build")).toMatch(/"link" is a link.*\n.*"pipe" is no plain file/);
	});
});

describe("the limits of files", () => {
	const fill = (...sizes: number[]) =>
		sizes.map((size, index) => `head -c ${size} /dev/zero > "$WEFT_ARTIFACTS/${index}"`).join("; ");

	test.each([
		[[10_001], 0, /0 has 10 KB, and a file holds at most 10 KB/],
		[[9_000, 9_000, 9_000], 2, /2 does not fit: the files of this run have 18 KB of at most 25 KB/],
	])("fail a step that had succeeded, and keep what fits: %j", async (sizes, kept, message) => {
		const runId = await startPlan(database, testPlan([shell("build", fill(...sizes))], []));
		const { phase } = await untilRun(database, runId);
		expect(phase).toMatchObject({ status: "failed", error: { message: expect.stringMatching(message) } });
		expect(await rowsOf(runId)).toHaveLength(kept);
		expect(await logOf(runId, "build")).toMatch(message);
	});

	test("leave a failure what it was", async () => {
		const runId = await startPlan(database, testPlan([shell("build", `${fill(10_001)}; exit 9`)], []));
		expect((await untilRun(database, runId)).phase).toMatchObject({
			error: { message: expect.stringMatching(/^exit 9/) },
		});
	});

	test("count for a team across its runs, two at once included, until files are removed", async () => {
		const teamId = await insertTeam(database);
		const start = () => startPlan(database, testPlan([shell("build", fill(9_000, 9_000))], []), { teamId });
		const runs = await Promise.all([start(), start(), start()]);
		const ends = await Promise.all(runs.map((runId) => untilRun(database, runId)));
		expect(ends.map(({ phase }) => phase.status)).toContain("failed");
		const [{ bytes } = { bytes: 0 }] = await sql<{ bytes: number }[]>`
			select sum(size)::float8 as bytes from artifacts where team_id = ${teamId}`;
		expect(bytes).toBe(36_000);
		await sql`delete from runs where id = any(${runs}::text[])`;
		await removeFiles(sql, storage);
		expect((await untilRun(database, await start())).phase.status).toBe("completed");
	});
});

describe("a reference to a file", () => {
	async function leaveOne(teamId: string): Promise<Json> {
		const runId = await startPlan(database, testPlan([shell("build", leave("a.txt", "mine"))], []), { teamId });
		await untilRun(database, runId);
		const output = await readOutput(database, runId, "build");
		return JSON.parse(JSON.stringify(output)).artifacts;
	}

	async function takeIt(teamId: string, files: Json) {
		const plan = testPlan([withFiles("take", "cat $WEFT_FILES/a.txt", "{{ inputs.files }}")], []);
		const inputs = [{ name: "files", type: "json", required: false }];
		const runId = await startPlan(
			database,
			{ ...plan, inputs: JSON.parse(JSON.stringify(inputs)) },
			{ teamId, input: { files } },
		);
		return { runId, phase: (await untilRun(database, runId)).phase };
	}

	test("leads to it from another run of the team, and from no other team", async () => {
		const teamId = await insertTeam(database);
		const files = await leaveOne(teamId);
		const own = await takeIt(teamId, files);
		expect(await readOutput(database, own.runId, "take")).toMatchObject({ stdout: "mine" });
		const other = await takeIt(await insertTeam(database), files);
		expect(other.phase).toMatchObject({ status: "failed", error: { message: expect.stringContaining("is gone") } });
	});

	test.each([["a.txt"], [{ name: "a.txt" }], [{ id: "none" }], [7]])(
		"that is none fails its step: %j",
		async (files) => {
			expect((await takeIt(await insertTeam(database), files)).phase.status).toBe("failed");
		},
	);

	test("to bytes that were changed or removed fails its step", async () => {
		const teamId = await insertTeam(database);
		const files = await leaveOne(teamId);
		const [row] = await sql<{ key: string }[]>`select storage_key as key from artifacts where team_id = ${teamId}`;
		const key = row?.key ?? "";
		expect(await readFile(join(directory, key), "utf8")).toBe("mine");
		await storage.write(
			key,
			(async function* () {
				yield Buffer.from("them");
			})(),
		);
		expect((await takeIt(teamId, files)).phase).toMatchObject({
			error: { message: expect.stringContaining("was changed") },
		});
		await storage.remove([key]);
		expect((await takeIt(teamId, files)).phase).toMatchObject({
			error: { message: expect.stringContaining("no longer in the storage") },
		});
	});
});
