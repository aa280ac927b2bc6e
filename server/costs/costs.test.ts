import { expect, test } from "vitest";
import { testUsage } from "@/server/model-calls/test-usage";
import type { Usage } from "@/server/runs/events";
import { insertTestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { exportCosts } from "./export-costs";
import { type CostGroup, readCosts } from "./read-costs";

const { database, team } = await setUpTestTeam();
const rivals = await createTestTeam(database, "rivals");
const run = await insertTestRun(database, team.id);
const other = await insertTestRun(database, team.id);
const foreign = await insertTestRun(database, rivals.id);

interface Called extends Partial<Usage> {
	at: string;
	in?: { runId: string; workflowId: string } | null;
	teamId?: string;
	nodeId?: string;
}

async function call({ at, in: place = run, teamId = team.id, nodeId = "ask", ...given }: Called) {
	const { inputTokens, outputTokens, provider, model, costUsd, estimated, notional = false } = testUsage(given);
	await database.sql`
		insert into model_calls (team_id, workflow_id, run_id, node_id, purpose, provider, model, input_tokens, output_tokens,
			cost_usd, estimated, notional, at)
		values (${teamId}, ${place?.workflowId ?? null}, ${place?.runId ?? null}, ${place ? nodeId : null},
			${place ? "step" : "prompt-test"}, ${provider}, ${model}, ${inputTokens}, ${outputTokens}, ${costUsd},
			${estimated}, ${notional}, ${at}::text::timestamptz)`;
}

// The clocks of Berlin went forward on 28 March 2027, that day has 23 hours.
await call({ at: "2027-03-27T22:59:59Z", costUsd: 1 });
await call({ at: "2027-03-27T23:00:00Z", costUsd: 2, estimated: true });
await call({ at: "2027-03-28T21:59:59Z", provider: "openai", model: "gpt-5", costUsd: 4, in: other });
await call({ at: "2027-03-28T22:00:00Z", costUsd: 8, nodeId: "sum" });
await call({ at: "2027-03-28T12:00:00Z", costUsd: 100, notional: true });
await call({ at: "2027-03-28T12:00:00Z", costUsd: 0.5, provider: "gemini", model: "gemini-2.5-pro", in: null });
await call({ at: "2027-03-28T12:00:00Z", costUsd: 1_000, in: foreign, teamId: rivals.id });

const filter = { team: "acme", from: "2027-03-27", to: "2027-03-29", timeZone: "Europe/Berlin" };
const read = (by: CostGroup, more: object = {}) => readCosts(team.members.viewer, { ...filter, by, ...more });

test("days are those of the time zone, also where clocks change", async () => {
	const { rows, days, total } = await read("day");
	expect(days).toEqual(["2027-03-27", "2027-03-28", "2027-03-29"]);
	expect(Object.fromEntries(rows.map(({ day, costUsd }) => [day, costUsd]))).toEqual({
		"2027-03-27": 1,
		"2027-03-28": 6.5,
		"2027-03-29": 8,
	});
	expect(total).toMatchObject({ calls: 6, costUsd: 15.5, estimatedUsd: 2, notionalUsd: 100, inputTokens: 600 });
	expect((await read("day", { from: "2027-03-28", to: "2027-03-28" })).total).toMatchObject({ costUsd: 6.5, calls: 4 });
});

test("are summed by workflow, model, step and run, without those of other teams", async () => {
	const sums = async (by: CostGroup) => (await read(by)).rows.map(({ costUsd }) => costUsd);
	expect(await sums("workflow")).toEqual([11, 4, 0.5]);
	expect(await sums("model")).toEqual([11, 4, 0.5]);
	expect(await sums("step")).toEqual([8, 4, 3, 0.5]);
	expect(await sums("run")).toEqual([11, 4, 0.5]);
	const { rows, cells, groups } = await read("run");
	expect(rows[0]).toMatchObject({ rank: 1, runNumber: 1, workflow: { slug: run.slug, name: "Tested" }, calls: 4 });
	expect(rows[2]).toMatchObject({ purpose: "prompt-test", runNumber: null, workflow: null });
	expect(groups).toBe(3);
	expect(cells.reduce((sum, { costUsd }) => sum + costUsd, 0)).toBeCloseTo(15.5);
	expect(cells.filter(({ rank }) => rank === 2)).toEqual([expect.objectContaining({ day: "2027-03-28", costUsd: 4 })]);
});

test("are of one workflow, provider and model where that is asked for, and nothing is no failure", async () => {
	expect((await read("model", { workflow: other.slug })).total.costUsd).toBe(4);
	expect((await read("model", { provider: "gemini" })).total.costUsd).toBe(0.5);
	expect((await read("model", { provider: "openai", model: "gpt-4" })).total).toMatchObject({ calls: 0, costUsd: 0 });
	await expect(read("model", { workflow: foreign.slug })).rejects.toThrow("no workflow");
	await expect(read("day", { to: "2026-01-01" })).rejects.toThrow("before the first");
	await expect(readCosts(rivals.members.owner, { ...filter, by: "day" })).rejects.toThrow("no team");
});

test("are exported call by call, a page at a time", async () => {
	const pieces: string[] = [];
	for await (const piece of exportCosts(team.members.viewer, filter, 4)) pieces.push(piece);
	const lines = pieces.join("").trim().split("\r\n");
	expect(pieces).toHaveLength(2);
	expect(lines).toHaveLength(7);
	expect(lines[1]).toContain('"2027-03-28T22:00:00.000Z","Tested","1","sum","step","anthropic"');
	expect(lines.filter((line) => line.includes('"2027-03-28T12'))).toHaveLength(2);
});
