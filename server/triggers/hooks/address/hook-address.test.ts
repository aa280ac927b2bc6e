import { afterEach, expect, test, vi } from "vitest";
import type { Database } from "@/db/client";
import { hashToken } from "@/server/auth/secret-token";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { createHook, json, sendTo, setToken } from "../../webhook/test-webhook";
import { loadHook } from "../receive/load-hook";
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

test("another team has addresses of its own, whatever it calls them, and its secrets open none of this one's", async () => {
	const other = await createTestTeam(database, "globex");
	await setToken(team, "SHOP", "acme's secret");
	await setToken(other, "SHOP", "globex's secret");
	const settings = { address: "shared", preset: "token", secret: "SHOP" };
	const ours = await createHook(at, settings);
	const theirs = await createHook({ database, team: other }, settings);
	expect(theirs.address).not.toBe(ours.address);
	expect((await ours.send(json({}, { authorization: "Bearer globex's secret" }))).status).toBe(401);
	expect((await ours.send(json({}, { authorization: "Bearer acme's secret" }))).status).toBe(202);
	expect(await theirs.deliveries()).toEqual([]);
	for (const reach of [showAddress, replaceAddress, endFormerAddress])
		await expect(reach(other.members.owner, ours.ref)).rejects.toMatchObject({ code: "not_found" });
});

test("an address is found by its hash alone, and one that is nobody's costs the same as one that has ended", async () => {
	const [live, archived, rotated] = [await createHook(at), await createHook(at), await createHook(at)];
	await database.sql`update workflows set archived_at = now() where id = ${archived.id}`;
	await replaceAddress(team.members.editor, rotated.ref);
	await endFormerAddress(team.members.editor, rotated.ref);
	const tokenOf = ({ address }: { address: string }) => new URL(address).pathname.split("/").at(-1) ?? "";
	const near = `${tokenOf(live).slice(0, -1)}${tokenOf(live).endsWith("A") ? "B" : "A"}`;
	const lookUp = async (token: string) => {
		const { asked, recorded } = recordQueries(database);
		const { triggers } = await loadHook(recorded, token);
		const values = asked.flatMap((query) => query.values);
		expect(values.filter((value) => typeof value === "string")).toContain(hashToken(token));
		expect(JSON.stringify(values)).not.toContain(token.slice(0, 8));
		return { found: triggers.length, texts: asked.map(({ text }) => text) };
	};
	const nobodys = await lookUp("a".repeat(43));
	expect(nobodys).toMatchObject({ found: 0 });
	for (const token of [near, tokenOf(archived), tokenOf(rotated)]) expect(await lookUp(token)).toEqual(nobodys);
	await database.sql`update triggers set paused_at = now() where workflow_id = ${live.id}`;
	const paused = await lookUp(tokenOf(live));
	expect(paused.found).toBe(1);
	expect(paused.texts.slice(0, nobodys.texts.length)).toEqual(nobodys.texts);
});

/** The same database, with what it is asked. */
function recordQueries(asking: Database) {
	const asked: { text: string; values: unknown[] }[] = [];
	const sql = new Proxy(asking.sql, {
		apply(target, self, [parts, ...values]) {
			if (Array.isArray(parts) && "raw" in parts) asked.push({ text: parts.join("?"), values });
			return Reflect.apply(target, self, [parts, ...values]);
		},
	});
	return { asked, recorded: { ...asking, sql } };
}
