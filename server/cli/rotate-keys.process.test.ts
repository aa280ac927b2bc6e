import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { isSealedUnder, seal } from "@/server/credentials/seal";
import { openTeamKey } from "@/server/credentials/team-key";
import { sealBindings } from "@/server/execution/secrets/sealed-values";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { childEnv } from "../env";

const program = join(import.meta.dirname, "weft.mjs");
const run = promisify(execFile);
const NEXT = "the next secret for tests only, 32 characters or more";
const STEPS = 3_000;

let database: TestDatabase;
let team: TestTeam;
let runId: string;
beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	({ runId } = await insertTestRun(database, team.id, { ended: true }));
	const keys = await openTeamKey(database.db, [TEST_SECRET], team.id);
	const rows = Array.from({ length: STEPS }, (_, at) => {
		const place = { nodeId: `n${at}`, iteration: "" };
		return {
			run_id: runId,
			node_id: place.nodeId,
			sealed: seal(keys, Buffer.from(String(at)), sealBindings.output(runId, place)),
		};
	});
	await database.sql`
		insert into run_steps (run_id, node_id, iteration, status, sealed)
		select run_id, node_id, '', 'completed', sealed
		from json_to_recordset(${JSON.stringify(rows)}::text::json) as t (run_id text, node_id text, sealed text)`;
});
afterAll(() => database.drop());

const env = () =>
	childEnv({
		DATABASE_URL: database.url,
		WEFT_SECRET: NEXT,
		WEFT_SECRET_PREVIOUS: TEST_SECRET,
		WEFT_DATA_DIR: "/tmp/none",
	});

test("killed in the middle and run again, twice at once, the command ends with everything under the new keys", async () => {
	const killed = spawn(process.execPath, [program, "rotate-keys", "acme"], {
		env: env(),
		stdio: ["ignore", "pipe", "inherit"],
	});
	let said = "";
	for await (const chunk of killed.stdout) {
		said += String(chunk);
		if (said.includes("values sealed anew")) break;
	}
	killed.kill("SIGKILL");
	if (killed.exitCode === null && killed.signalCode === null) await once(killed, "exit");

	const again = () => run(process.execPath, [program, "rotate-keys", "acme"], { env: env() });
	const [first, second] = await Promise.all([again(), again()]);
	expect(first.stdout + second.stdout).toContain("acme is being replaced already");
	expect(first.stdout).toContain("WEFT_SECRET_PREVIOUS is needed no longer");
	expect(first.stdout).toMatch(new RegExp(`acme: \\d+ of ${STEPS} values sealed anew`));

	const [current] = await openTeamKey(database.db, [NEXT], team.id);
	const stored = await database.sql<{ nodeId: string; sealed: string }[]>`
		select node_id as "nodeId", sealed from run_steps where run_id = ${runId}`;
	const opened = stored.filter(({ nodeId, sealed }) =>
		isSealedUnder(current, sealed, sealBindings.output(runId, { nodeId, iteration: "" })),
	);
	expect(opened).toHaveLength(STEPS);
});
