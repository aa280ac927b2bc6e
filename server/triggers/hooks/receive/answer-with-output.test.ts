import { expect, test } from "vitest";
import type { Json } from "@/server/plan/values/json";
import { endRun } from "@/server/runs/store/end-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createHook, json } from "../../webhook/test-webhook";
import { answerWithOutput } from "./answer-with-output";
import { loadTrigger } from "./load-hook";

const { database, team } = await setUpTestTeam();

/** Sends a request, ends its run as soon as there is one, and waits for the answer. */
async function answerOf(end: { output: Json } | "failed"): Promise<Response> {
	const hook = await createHook({ database, team }, { answer: "output" });
	const answering = hook.send(json({ a: 1 }));
	let [run] = await hook.runs();
	while (run === undefined) [run] = await hook.runs();
	const error = { message: "A step failed." };
	const ending = end === "failed" ? { status: "failed" as const, error } : { status: "completed" as const, ...end };
	await endRun(database.sql, run.id, { end: ending });
	return await answering;
}

test("a run's output is the answer, with its status and headers", async () => {
	const plain = await answerOf({ output: { total: 3 } });
	expect([plain.status, await plain.json()]).toEqual([200, { total: 3 }]);
	const headers = {
		"x-total": 3,
		"content-type": "text/html",
		"set-cookie": "a=b",
		"access-control-allow-origin": "*",
		"report-to": '{"group":"g","max_age":9,"endpoints":[{"url":"https://elsewhere.example"}]}',
		nel: '{"report_to":"g","max_age":9,"success_fraction":1}',
	};
	const own = await answerOf({ output: { status: 201, headers, body: "<script>" } });
	expect([own.status, await own.text()]).toEqual([201, "<script>"]);
	expect(own.headers.get("x-total")).toBe("3");
	expect([own.headers.get("set-cookie"), own.headers.get("access-control-allow-origin")]).toEqual([null, null]);
	expect(own.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
	expect([own.headers.get("nel"), own.headers.get("report-to")]).toEqual([null, null]);
});

test("statuses and headers that HTTP does not know are left out", async () => {
	const answer = await answerOf({ output: { status: 9_000, headers: { "a b": "c", ok: "x\ny" }, body: null } });
	expect(answer.status).toBe(200);
	expect((await answerOf({ output: { status: 204, body: "none" } })).status).toBe(204);
});

test("a run that fails answers with 500 and its address", async () => {
	const answer = await answerOf("failed");
	expect(answer.status).toBe(500);
	expect(await answer.text()).toMatch("/runs/1");
});

test("a run that takes longer is answered with 202 and its address", async () => {
	const hook = await createHook({ database, team });
	await hook.send();
	const [[run], trigger] = [await hook.runs(), await loadTrigger(database, { workflowId: hook.id, key: hook.ref.key })];
	if (!run || !trigger) throw new Error("Nothing was started.");
	const delivered = [{ id: "d", verdict: "started" as const, run: { id: run.id, number: 1 } }];
	const answer = await answerWithOutput(database, { trigger, status: 202, delivered }, 1);
	expect(answer.status).toBe(202);
	expect(await answer.text()).toMatch("/runs/1");
});
