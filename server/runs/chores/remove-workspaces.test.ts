import { access, mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { createLocalRunner } from "@/server/runners/local-runner";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { insertTestRun } from "../test-run";
import { removeWorkspaces } from "./remove-workspaces";

let database: TestDatabase;
let team: TestTeam;
let directory: string;
beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());
beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-sweep-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const createRunner = () => createLocalRunner({ directory, workerId: "test" });

/** A workspace that was last changed an hour ago, or just now. */
async function makeWorkspace(runId: string, { isOld }: { isOld: boolean }): Promise<string> {
	const workspace = (await createRunner().acquire(runId)).directory;
	const at = Date.now() / 1_000 - (isOld ? 3_600 : 0);
	await utimes(dirname(workspace), at, at);
	return workspace;
}

async function endedRun(secondsAgo: number): Promise<string> {
	const { runId } = await insertTestRun(database, team.id, { ended: true });
	await database.sql`update runs set ended_at = now() - make_interval(secs => ${secondsAgo}) where id = ${runId}`;
	return runId;
}

function isThere(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}

test("workspaces of runs that ended or do not exist are removed, those of living runs and new ones stay", async () => {
	const living = await makeWorkspace((await insertTestRun(database, team.id)).runId, { isOld: true });
	const ended = await makeWorkspace(await endedRun(3_600), { isOld: true });
	const justEnded = await makeWorkspace(await endedRun(10), { isOld: true });
	const unknown = await makeWorkspace("run-of-nobody", { isOld: true });
	const recent = await makeWorkspace("run-not-yet-seen", { isOld: false });
	await removeWorkspaces(database.sql, createRunner());
	expect(await Promise.all([living, ended, justEnded, unknown, recent].map(isThere))).toEqual([
		true,
		false,
		true,
		false,
		true,
	]);
});

test("several workers may sweep the same place at once, and a place that is not there yet", async () => {
	const gone = await Promise.all(
		Array.from({ length: 20 }, (_, index) => makeWorkspace(`run-${index}`, { isOld: true })),
	);
	await Promise.all([1, 2, 3].map(() => removeWorkspaces(database.sql, createRunner())));
	expect(await Promise.all(gone.map(isThere))).toEqual(gone.map(() => false));
	await rm(directory, { recursive: true });
	await removeWorkspaces(database.sql, createRunner());
});

test("a workspace that cannot be removed keeps no other one", async () => {
	const released: string[] = [];
	const stubborn = {
		listRuns: async () => ["stubborn", "other"],
		release: async (runId: string) => {
			if (runId === "stubborn") throw new Error("It cannot be removed.");
			released.push(runId);
		},
	};
	await expect(removeWorkspaces(database.sql, stubborn)).rejects.toThrow("It cannot be removed.");
	expect(released).toEqual(["other"]);
});
