import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { triggers } from "@/db/schema/triggers";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { signalConfigSchema } from "./signal.fixture/definition";
import { createTriggered, json } from "./webhook/test-webhook";

vi.mock("./catalog", async (importOriginal) => {
	const { addDefinition } = await import("./new-kind.fixture");
	return addDefinition(await importOriginal<typeof import("./catalog")>());
});
vi.mock("./hooks/hook-kinds", async (importOriginal) => {
	const { addHook } = await import("./new-kind.fixture");
	return addHook(await importOriginal<typeof import("./hooks/hook-kinds")>());
});
const { database, team } = await setUpTestTeam();

test("a new kind is registered with its address by publishing, and started by what it receives", async () => {
	const config = signalConfigSchema.parse({
		...{ type: "signal", id: "tower", path: "/build", filter: "trigger.body.size > 1" },
		inputs: { who: "{{ trigger.body.who }}" },
	});
	const form = [{ name: "who", type: "text", label: "Who" }];
	const hook = await createTriggered({ database, team }, config as never, { inputs: form });
	expect(await database.db.select().from(triggers).where(eq(triggers.workflowId, hook.id))).toMatchObject([
		{ key: "tower", type: "signal", hookId: expect.any(String) },
	]);
	expect((await hook.send(json({ size: 2, who: "Ada" }))).status).toBe(405);
	expect((await hook.send({ ...json({ size: 2, who: "Ada" }), method: "PUT" })).status).toBe(202);
	expect((await hook.send({ ...json({ size: 1, who: "Bob" }), method: "PUT" })).status).toBe(202);
	expect(await hook.runs()).toMatchObject([{ trigger: "signal", input: { who: "Ada" } }]);
	expect(await hook.deliveries()).toMatchObject([
		{ verdict: "refused" },
		{ verdict: "started" },
		{ verdict: "filtered", reason: expect.any(String) },
	]);
});
