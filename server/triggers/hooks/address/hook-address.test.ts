import { afterEach, expect, test, vi } from "vitest";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createHook, json, sendTo } from "../../webhook/test-webhook";
import { endFormerAddress, replaceAddress, showAddress } from "./hook-address";

const { database, team } = await setUpTestTeam();
const at = { database, team };

afterEach(() => void vi.useRealTimers());

/** What was looked up of an address counts for a second. */
function passSecond(): void {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 1_500 });
}

test("another address takes over while the one before still works, until that is ended", async () => {
	const hook = await createHook(at);
	const { editor } = team.members;
	await replaceAddress(editor, hook.ref);
	passSecond();
	const shown = await showAddress(editor, hook.ref);
	expect(shown).toMatchObject({ former: hook.address, isShared: false });
	expect(shown.address).not.toBe(hook.address);
	expect((await hook.send()).status).toBe(202);
	expect((await sendTo(database, shown.address)).status).toBe(202);
	await endFormerAddress(editor, hook.ref);
	passSecond();
	expect((await hook.send()).status).toBe(404);
	expect((await sendTo(database, shown.address)).status).toBe(202);
});

test("a second replacement ends the address before the last", async () => {
	const hook = await createHook(at);
	await replaceAddress(team.members.editor, hook.ref);
	const { address } = await showAddress(team.members.editor, hook.ref);
	await replaceAddress(team.members.editor, hook.ref);
	passSecond();
	expect((await hook.send()).status).toBe(404);
	expect((await sendTo(database, address)).status).toBe(202);
});

test("an address that triggers share starts each of their workflows by its own verdict", async () => {
	const one = await createHook(at, { address: "shop", filter: "trigger.body.amount > 10" });
	const other = await createHook(at, { address: "shop" });
	expect(other.address).toBe(one.address);
	const answer: { deliveries: object[] } = await (await one.send(json({ amount: 5 }))).json();
	expect(answer.deliveries).toMatchObject([
		{ workflow: one.ref.slug, verdict: "filtered" },
		{ workflow: other.ref.slug, verdict: "started" },
	]);
});
