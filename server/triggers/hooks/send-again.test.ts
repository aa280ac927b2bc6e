import { expect, test } from "vitest";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { countDeliveries } from "../count-deliveries";
import { listDeliveries } from "../list-deliveries";
import { listTriggers } from "../list-triggers";
import { readDelivery } from "../read-delivery";
import { createHook, json } from "../webhook/test-webhook";
import { redeliver, testFire } from "./send-again";

const { database, team } = await setUpTestTeam();
const at = { database, team };
const { operator, viewer } = team.members;

test("a delivery is sent through the published filter again, whatever its key, by whoever asks", async () => {
	const hook = await createHook(at, { dedupeKey: "trigger.body.id", filter: "trigger.body.amount > 10" });
	await hook.send(json({ id: 1, amount: 42 }, { "x-event": "paid" }));
	await hook.send(json({ id: 2, amount: 5 }));
	const ids = (await hook.deliveries()).map(({ id }) => id);
	const again = await redeliver(operator, { team: "acme", slug: hook.ref.slug, ids });
	expect(again.map(({ verdict }) => verdict)).toEqual(["started", "filtered"]);
	const runs = await hook.runs();
	expect(runs.map(({ actor }) => actor.kind)).toEqual(["system", "user"]);
	expect(runs[1]?.payload).toEqual(runs[0]?.payload);
	expect((await hook.deliveries()).map(({ redeliveryOf }) => redeliveryOf)).toEqual([null, null, ...ids]);
});

test("what was refused, or belongs to another workflow, is not sent again", async () => {
	const [hook, other] = [await createHook(at), await createHook(at)];
	await hook.send({ method: "PUT" });
	const [refused] = await hook.deliveries();
	const send = (slug: string) =>
		redeliver(operator, { team: "acme", slug, ids: [refused?.id ?? ""] }).catch(({ message }) => message);
	expect(await send(hook.ref.slug)).toMatch("so nothing of it was kept");
	expect(await send(other.ref.slug)).toMatch("There is no such delivery");
});

test("a body that is too long to be kept starts its run, and says why it cannot be sent again", async () => {
	const hook = await createHook(at);
	await hook.send(json({ text: "a".repeat(300_000) }));
	const [delivery] = await hook.deliveries();
	expect(delivery).toMatchObject({ verdict: "started", request: { isLeftOut: true, size: 300_011 } });
	const again = redeliver(operator, { team: "acme", slug: hook.ref.slug, ids: [delivery?.id ?? ""] });
	await expect(again).rejects.toThrow("too long to be kept");
});

test("a trigger is tried with a sample of its sender", async () => {
	const hook = await createHook(at, { preset: "github", secret: "NONE" });
	expect(await testFire(operator, hook.ref)).toMatchObject([{ verdict: "started", run: { number: 1 } }]);
	expect((await hook.runs())[0]?.payload).toMatchObject({ headers: { "x-github-event": "push" } });
});

test("a webhook whose last request was refused says so with its workflow", async () => {
	const hook = await createHook(at);
	const trouble = async () => (await listTriggers(viewer, { team: "acme", slug: hook.ref.slug }))[0]?.trouble;
	await hook.send({ method: "PUT" });
	expect(await trouble()).toBe("It does not take PUT.");
	await hook.send();
	expect(await trouble()).toBeNull();
});

test("the log tells what was received, without what is named like a secret", async () => {
	const hook = await createHook(at);
	await hook.send(json({ type: "order.paid", customer: { password: "hunter2", name: "Ada" } }, { cookie: "a=b" }));
	const ref = { team: "acme", slug: hook.ref.slug };
	const { items } = await listDeliveries(viewer, { ...ref, limit: 5 });
	expect(items).toMatchObject([{ verdict: "started", event: "order.paid", from: "unknown", run: { number: 1 } }]);
	const delivery = await readDelivery(viewer, { ...ref, id: items[0]?.id ?? "" });
	expect(delivery?.request).toMatchObject({
		headers: { "content-type": "application/json" },
		body: { type: "order.paid", customer: { password: "•••", name: "Ada" } },
	});
	expect(delivery?.request?.headers).not.toHaveProperty("cookie");
	expect((await listDeliveries(viewer, { ...ref, verdict: "refused", limit: 5 })).items).toEqual([]);
	const rivals = await createTestTeam(database, "rivals");
	await expect(readDelivery(rivals.members.owner, { ...ref, id: items[0]?.id ?? "" })).rejects.toThrow();
});

test("the log is narrowed by what it shows, by its age and by a trigger, and counted by verdict", async () => {
	const hook = await createHook(at, { filter: "trigger.body.amount > 10" });
	for (const amount of [5, 50, 60]) await hook.send(json({ type: "order.paid", amount, note: "100%_off" }));
	const ref = { team: "acme", slug: hook.ref.slug };
	const find = async (narrowed: object) =>
		(await listDeliveries(viewer, { ...ref, limit: 10, ...narrowed })).items.length;
	expect(
		await Promise.all(["ORDER.paid", "amount is 5", "orders", "unknown"].map((text) => find({ find: text }))),
	).toEqual([3, 1, 3, 3]);
	// Bodies are not searched: what is hidden in them would be found letter by letter.
	expect(await Promise.all(["100%_off", "%", "_x"].map((text) => find({ find: text })))).toEqual([0, 0, 0]);
	const [first] = await hook.deliveries();
	expect(await find({ find: first?.id })).toBe(1);
	const counts = async (narrowed: object) => await countDeliveries(viewer, { ...ref, ...narrowed });
	expect(await counts({ key: "orders" })).toMatchObject({ all: 3, isMore: false });
	expect((await counts({})).counts).toEqual(
		expect.arrayContaining([
			{ verdict: "started", count: 2 },
			{ verdict: "filtered", count: 1 },
		]),
	);
	await database.sql`update deliveries set at = at - interval '2 hours' where id = ${first?.id ?? ""}`;
	expect([await find({ hours: 1 }), (await counts({ hours: 1 })).all, (await counts({ hours: 3 })).all]).toEqual([
		2, 2, 3,
	]);
});
