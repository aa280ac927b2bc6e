import { expect, test } from "vitest";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { webhookConfigSchema } from "../webhook/settings/webhook-config";
import { createHook, json } from "../webhook/test-webhook";
import { replayDeliveries } from "./replay-deliveries";

const { database, team } = await setUpTestTeam();
const WHO = { name: "who", type: "text", required: true } as const;

test("past deliveries say what a draft would do with them, and start nothing", async () => {
	const hook = await createHook({ database, team });
	for (const body of [{ id: 1, amount: 5 }, { id: 2, amount: 50 }, { id: 2, amount: 60 }, { id: 3 }]) {
		await hook.send(json(body));
	}
	await hook.send({ method: "PUT" });
	const replay = async (settings: object, inputs: Parameters<typeof replayDeliveries>[1]["inputs"] = []) => {
		const trigger = webhookConfigSchema.parse({ type: "webhook", id: "orders", ...settings });
		const replayed = await replayDeliveries(team.members.editor, { ...hook.ref, trigger, inputs });
		return replayed.map(({ now }) => now).reverse();
	};
	expect(await replay({})).toEqual(["started", "started", "started", "started"]);
	expect(await replay({ dedupeKey: "trigger.body.id" })).toEqual(["started", "started", "duplicate", "started"]);
	const filter = "trigger.body.amount > 10";
	expect(await replay({ filter })).toEqual(["filtered", "started", "started", "filtered"]);
	const mapped = await replay({ inputs: { who: "{{ trigger.body.amount }}" } }, [{ ...WHO }]);
	expect(mapped).toEqual(["failed", "failed", "failed", "failed"]);
	expect(await hook.runs()).toHaveLength(4);
	expect(await hook.deliveries()).toHaveLength(5);
});
