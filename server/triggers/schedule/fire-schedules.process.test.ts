import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { childEnv } from "@/server/env";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { TEST_SECRET } from "@/server/teams/test-team";
import { fireSchedules } from "./fire-schedules";
import { testSchedules } from "./test-schedules";

const { database, team } = await setUpTestTeam();
const schedules = testSchedules(database, team);
const program = fileURLToPath(new URL("firing-worker.fixture.ts", import.meta.url));

function startWorker(at: number) {
	const env = childEnv({ WEFT_SECRET: TEST_SECRET });
	return fork(program, [database.url, String(at)], { execArgv: ["--import", "tsx"], env });
}

test("a worker killed between the start of a run and its record leaves that run to the next", async () => {
	const { id, due } = await schedules.create({});
	await database.sql.begin(async (tx) => {
		await tx`lock table deliveries in exclusive mode`;
		const worker = startWorker(due);
		await expect.poll(async () => (await schedules.runsOf(id)).length, { timeout: 30_000 }).toBe(1);
		worker.kill("SIGKILL");
		await once(worker, "exit");
	});
	expect(await schedules.deliveriesOf(id)).toEqual([]);
	await expect
		.poll(
			async () => {
				await fireSchedules(database, () => due);
				return await schedules.deliveriesOf(id);
			},
			{ timeout: 10_000 },
		)
		.toMatchObject([{ verdict: "started", dueAt: new Date(due) }]);
	expect(await schedules.runsOf(id)).toHaveLength(1);
}, 60_000);

test("workers that start at the very second of a time start one run", async () => {
	const { id, due } = await schedules.create({});
	const workers = [startWorker(due), startWorker(due), startWorker(due)];
	await Promise.all(workers.map((worker) => once(worker, "exit")));
	expect(workers.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
	expect(await schedules.runsOf(id)).toHaveLength(1);
	expect(await schedules.deliveriesOf(id)).toMatchObject([{ verdict: "started", lateMs: 0 }]);
}, 60_000);
