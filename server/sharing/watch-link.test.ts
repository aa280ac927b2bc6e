import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { runs } from "@/db/schema/runs";
import { shareLinks } from "@/db/schema/sharing";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { MAX_VISITS, registerVisit } from "@/server/runs/watch/open-streams";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createRunLink } from "./create-link";
import { listLinks } from "./list-links";
import type { Visitor } from "./open-link";
import { revokeLink } from "./revoke-link";
import { ask, visitorAt } from "./test-visit";
import { watchLink } from "./watch-link";

const SHOWS = { settings: true, inputs: true, outputs: true, logs: true };
const GONE = "This link does not work. Ask the person who sent it for a new one.";

const { database, team } = await setUpTestTeam();
let runId: string;
beforeAll(async () => {
	runId = (await insertTestRun(database, team.id)).runId;
});

describe("watching by a link", () => {
	test("delivers what has happened, then what happens, and counts one view", async () => {
		const live = (await insertTestRun(database, team.id)).runId;
		const { id, token } = await createRunLink(team.members.editor, {
			team: "acme",
			runId: live,
			name: "",
			shows: SHOWS,
		});
		await say(live, "first");
		const watch = open(token);
		expect(textsOf(await watch.next())).toEqual(["first"]);
		await say(live, "second");
		expect(textsOf(await watch.next())).toEqual(["second"]);
		await watch.return();
		const again = open(token, { after: 1 });
		expect(textsOf(await again.next())).toEqual(["second"]);
		await again.return();
		const { links } = await listLinks(team.members.viewer, { team: "acme", runId: live });
		expect(links).toMatchObject([{ id, views: 1, isLive: true }]);
	});

	test("counts whoever reads now and then as one view", async () => {
		const { id, token } = await make();
		const visitor = visitorAt(database, "192.0.2.29");
		for (const after of [0, 1, 2]) expect((await ask(visitor, "events", { token, after })).status).toBe(200);
		const [link] = await database.db.select().from(shareLinks).where(eq(shareLinks.id, id));
		expect(link?.views).toBe(1);
	});

	test("has room for so many, and tells the others when to look again", async () => {
		const [crowded, other] = [await make(), await make()];
		const seats = Array.from({ length: MAX_VISITS.link }, (_, n) =>
			registerVisit({ address: `2001:db8::${n}`, token: crowded.token }, () => undefined),
		);
		const visitor = visitorAt(database, "192.0.2.30");
		const refused = await ask(visitor, "watch", { token: crowded.token });
		expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
		expect(await statusOf(visitor, other.token)).toBe(200);
		seats.pop()?.close();
		expect(await statusOf(visitor, crowded.token)).toBe(200);
		for (const { close } of seats) close();
	});

	test("has room for so many by all links together, and of one address for fewer", async () => {
		const { token } = await make();
		const sit = (n: number, address: string) => registerVisit({ address, token: `link ${n}` }, () => undefined);
		const office = Array.from({ length: MAX_VISITS.address }, (_, n) => sit(n, "192.0.2.31"));
		expect(await statusOf(visitorAt(database, "192.0.2.31"), token)).toBe(429);
		const world = Array.from({ length: MAX_VISITS.all - office.length }, (_, n) => sit(n, `2001:db8::${n}`));
		expect(await statusOf(visitorAt(database, "192.0.2.32"), token)).toBe(503);
		for (const { close } of [...office, ...world]) close();
		expect(await statusOf(visitorAt(database, "192.0.2.31"), token)).toBe(200);
	});

	test("ends at once when the link is revoked, whether the run goes on or has ended", async () => {
		for (const ended of [false, true]) {
			const watched = (await insertTestRun(database, team.id)).runId;
			await say(watched, "first");
			if (ended)
				await database.db
					.update(runs)
					.set({ endedAt: new Date(0) })
					.where(eq(runs.id, watched));
			const { id, token } = await createRunLink(team.members.editor, {
				...{ team: "acme", runId: watched, name: "", shows: SHOWS },
			});
			const watch = open(token);
			await watch.next();
			const next = watch.next();
			await revokeLink(team.members.editor, { team: "acme", id });
			await expect(next).rejects.toMatchObject({ code: "not_found", message: GONE });
		}
	});
});

function make() {
	return createRunLink(team.members.editor, { team: "acme", runId, name: "", shows: SHOWS });
}

/** Of somebody who begins to watch, and leaves again. */
async function statusOf(visitor: Visitor, token: string): Promise<number> {
	const leaving = new AbortController();
	const { status, body } = await ask(visitor, "watch", { token }, leaving.signal);
	await body?.cancel();
	leaving.abort();
	return status;
}

/** Polls never: what arrives has been told. */
function open(token: string, { after = 0 } = {}) {
	const { signal } = new AbortController();
	return watchLink(visitorAt(database, "192.0.2.3"), { token, after }, { signal, pollMs: 60_000 });
}

async function say(run: string, text: string): Promise<void> {
	await appendEvents(database.sql, run, [{ type: "step.comment", nodeId: "a", data: { text } }]);
}

function textsOf({ value }: IteratorResult<{ events: { data: object }[] }, void>) {
	return value?.events.map(({ data }) => ("text" in data ? data.text : undefined));
}
