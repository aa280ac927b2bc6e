import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createDiskStorage } from "@/server/artifacts/storage/disk-storage";
import { createRunCache } from "@/server/execution/run-cache";
import type { StepServices } from "@/server/execution/step-services";
import { walkRun } from "@/server/execution/walk-run";
import { shell, testPlan } from "@/server/plan/test-plan";
import { createLocalRunner } from "@/server/runners/local-runner";
import { removeFiles } from "@/server/runs/chores/remove-files";
import { type Crash, createCrashingSql } from "./crashing-sql";
import { readOutput, startPlan } from "./test-runs";
import { openTestTeamKey, setUpServices } from "./test-worker";

const { database, worker } = await setUpServices();
const directory = await mkdtemp(join(tmpdir(), "weft-artifacts-"));
const storage = createDiskStorage(join(directory, "files"));
afterAll(() => rm(directory, { recursive: true, force: true }));

const take = shell("take", "cat $WEFT_FILES/a.txt $WEFT_FILES/b.txt");
const plan = testPlan(
	[
		shell("build", 'echo one > "$WEFT_ARTIFACTS/a.txt"; echo two > "$WEFT_ARTIFACTS/b.txt"'),
		{ ...take, config: { command: "cat $WEFT_FILES/*", files: "{{ steps.build.output.artifacts }}" } },
	],
	["build -> take"],
);

/** Walks with a worker that has a directory of its own, until the run ends or the worker dies. */
async function walkOnce(runId: string, crash?: Crash): Promise<"ended" | "crashed"> {
	const { sql, crashed, settled } = createCrashingSql(database.sql, crash);
	const id = newId();
	const services: StepServices = {
		...worker.services,
		worker: id,
		sql,
		files: { ...worker.services.files, sql, storage },
		runner: createLocalRunner({ directory: join(directory, id), workerId: id }),
		cache: createRunCache(sql, openTestTeamKey),
	};
	const walked = (async () => {
		while ((await walkRun(services, runId)).status !== "ended");
		return "ended" as const;
	})();
	const end = await Promise.race([walked, crashed.then(() => "crashed" as const)]);
	await settled();
	return end;
}

async function listFiles(): Promise<string[]> {
	const found = await readdir(join(directory, "files"), { recursive: true, withFileTypes: true });
	return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

test.each(["before", "after"] as const)(
	"a worker that dies %s any statement loses no file and doubles none, and another with other directories goes on",
	async (when) => {
		for (let statement = 1, end = ""; end !== "ended"; statement++) {
			const runId = await startPlan(database, plan);
			end = await walkOnce(runId, { statement, when });
			if (end === "crashed") await walkOnce(runId);
			expect(await readOutput(database, runId, "take")).toMatchObject({ stdout: "one\ntwo\n" });
			const rows = await database.sql<{ id: string; name: string; key: string }[]>`
				select id, name, storage_key as key from artifacts where run_id = ${runId}`;
			const handed = JSON.stringify(await readOutput(database, runId, "build"));
			const last = rows.filter(({ id }) => handed.includes(id));
			expect(last.map(({ name }) => name).toSorted()).toEqual(["a.txt", "b.txt"]);
			for (const { name, key } of rows)
				expect(await text(await storage.read(key))).toBe(name === "a.txt" ? "one\n" : "two\n");
		}
		await database.sql`update stored_files set created_at = created_at - interval '2 days'`;
		await removeFiles(database.sql, storage);
		const named = await database.sql<{ key: string }[]>`select storage_key as key from artifacts`;
		expect((await listFiles()).toSorted()).toEqual(named.map(({ key }) => key.split("/")[1]).toSorted());
	},
	120_000,
);
