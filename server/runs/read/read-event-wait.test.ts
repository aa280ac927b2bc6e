import { expect, test } from "vitest";
import { eventWaits } from "@/db/schema/events";
import { runSteps } from "@/db/schema/runs";
import { answerWaits } from "@/server/events/answer-waits";
import { sendEvent } from "@/server/events/send-event";
import type { JsonObject } from "@/server/plan/values/json";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { insertTestRun } from "../test-run";
import { readEventWait } from "./read-event-wait";

const { database, team } = await setUpTestTeam();

test("a waiting step tells what passed it, and why its condition could not be worked out", async () => {
	const { runId } = await insertTestRun(database, team.id);
	const step = { runId, nodeId: "wait", iteration: "" };
	await database.db.insert(runSteps).values({ ...step, status: "waiting" });
	const wait = { teamId: team.id, name: "paid", match: "event.data.n > 1", bound: {}, seenSeq: 0 };
	await database.db.insert(eventWaits).values({ ...step, ...wait });
	const read = () => readEventWait(team.members.viewer, { team: "acme", ...step });
	const send = async (data: JsonObject) => {
		const event = { teamId: team.id, name: "paid", data, key: crypto.randomUUID(), depth: 1 };
		const actor = { kind: "system", name: "test" } as const;
		await sendEvent(database.sql, { ...event, source: { runId, nodeId: "send" }, actor });
		await answerWaits(database.sql);
	};
	expect(await read()).toEqual({ name: "paid", match: "event.data.n > 1", problem: null, passed: 0 });
	await send({ n: 1 });
	await send({ other: 2 });
	expect(await read()).toMatchObject({ passed: 2, problem: expect.stringContaining("event.data.n") });
	await send({ n: 2 });
	expect(await read()).toBeNull();
});
