import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { runSteps, runs } from "@/db/schema/runs";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { insertTestRun } from "../test-run";
import { readAttemptRecord } from "./read-attempt-record";

const { database, team } = await setUpTestTeam();
const attempts = (first: number, second: number | null) => [
	{ name: "Careful", costUsd: first },
	{ name: "Quick", costUsd: second },
];

test("who won before is counted for the repository of the run, over the runs of its workflow", async () => {
	const { runId } = await insertTestRun(database, team.id);
	const [run] = await database.db.select().from(runs).where(eq(runs.id, runId));
	if (!run) throw new Error("There is no run.");
	const record = async (repository: string | undefined, output: Json, number: number) => {
		const id = number === 1 ? runId : newId();
		if (number > 1) await database.db.insert(runs).values({ ...run, id, number });
		const input: JsonObject = repository === undefined ? {} : { repository };
		await database.db
			.insert(runSteps)
			.values({ runId: id, nodeId: "take", iteration: "", status: "completed", input, output });
	};
	await record("shop", { taken: "Careful", attempts: attempts(0.25, 0.5) }, 1);
	await record("shop", { taken: "Careful", attempts: attempts(0.75, null) }, 2);
	await record("shop", { taken: null, attempts: attempts(0.5, 0.5) }, 3);
	await record("other", { taken: "Quick", attempts: attempts(9, 9) }, 4);
	// The step of this id was another one in an earlier version.
	await record("shop", "a text", 5);
	const asked = { team: "acme", runId, nodeId: "take" };
	expect(await readAttemptRecord(team.members.viewer, asked)).toEqual([
		{ name: "Careful", won: 2, of: 3, costPerWinUsd: 0.75 },
		{ name: "Quick", won: 0, of: 3, costPerWinUsd: null },
	]);
	expect(await readAttemptRecord(team.members.viewer, { ...asked, nodeId: "none" })).toEqual([]);
});
