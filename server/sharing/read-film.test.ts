import { beforeAll, describe, expect, test } from "vitest";
import { filmPage } from "@/components/runs/film/file/film-page";
import { step, testPlan } from "@/server/plan/test-plan";
import { insertTestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { downloadFilm } from "./download-film";

const { database, team } = await setUpTestTeam();
const SHOWS = { settings: true, inputs: true, outputs: true, logs: true };
/** Everything in it has to be escaped, which makes it six times as long. */
const TEXT = "<".repeat(20_000);

/** A run that says this much, and whose step puts out as much. */
async function insertRun({ comments, outputs, lines }: { comments: number; outputs: number; lines: number }) {
	const plan = testPlan([step("say", "comment", { text: "x" }), step("each", "for-each", { items: [1] })]);
	const { runId } = await insertTestRun(database, team.id, { plan });
	const { sql } = database;
	await sql`
		insert into run_events (run_id, seq, type, node_id, iteration, data)
		select ${runId}, n, 'step.comment', 'say', '', jsonb_build_object('text', ${TEXT}::text)
		from generate_series(1, ${comments}) n`;
	await sql`
		insert into run_events (run_id, seq, type, node_id, iteration, data)
		select ${runId}, ${comments} + n, 'step.log', 'say', '',
			jsonb_build_object('lines', jsonb_build_array(jsonb_build_object('at', 1, 'level', 'stdout', 'text', ${TEXT}::text)))
		from generate_series(1, ${lines}) n`;
	await sql`
		insert into run_steps (run_id, node_id, iteration, status, attempt, output)
		select ${runId}, 'each', n::text, 'completed', 1, to_json(${TEXT}::text || n)
		from generate_series(1, ${outputs}) n`;
	await sql`
		update runs set status = 'completed', ended_at = now(), last_seq = ${comments + lines},
			output = to_json(repeat(${TEXT}::text, 50)) where id = ${runId}`;
	return runId;
}

describe("the film of a run of more than fifty megabytes", () => {
	let film: Awaited<ReturnType<typeof downloadFilm>>;
	beforeAll(async () => {
		const runId = await insertRun({ comments: 2_500, outputs: 500, lines: 500 });
		film = await downloadFilm(team.members.owner, { team: "acme", runId, ...SHOWS });
	});

	test("holds as much of it as a browser opens", async () => {
		expect(JSON.stringify(film).length).toBeLessThan(12_000_000);
		expect((await filmPage(film)).length).toBeLessThan(60_000_000);
	});

	test("says what it leaves out", () => {
		expect(film.leftOut).toEqual([
			expect.stringMatching(/^This run is long: the film ends after its first \d{3} events\.$/),
			"Some inputs and outputs are too large for this film and are left out or shortened.",
			"The log is too long for this film, which has only its beginning.",
		]);
	});
});

test("a film of a run that fits leaves nothing out", async () => {
	const runId = await insertRun({ comments: 100, outputs: 0, lines: 10 });
	const { events, leftOut } = await downloadFilm(team.members.owner, { team: "acme", runId, ...SHOWS });
	expect([events.length, leftOut]).toEqual([110, []]);
});

test("a film ends with its twenty-thousandth event", async () => {
	const { runId } = await insertTestRun(database, team.id, {});
	await database.sql`
		insert into run_events (run_id, seq, type, iteration, data)
		select ${runId}, n, 'run.started', '', '{}' from generate_series(1, 20001) n`;
	await database.sql`update runs set status = 'completed', ended_at = now(), last_seq = 20001 where id = ${runId}`;
	const { events, leftOut } = await downloadFilm(team.members.owner, { team: "acme", runId, ...SHOWS });
	expect([events.length, leftOut]).toEqual([
		20_000,
		["This run is long: the film ends after its first 20,000 events."],
	]);
});
