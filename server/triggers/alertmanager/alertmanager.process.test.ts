import { afterAll, expect, test } from "vitest";
import { createOutboundFetch } from "@/server/http/outbound-fetch";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { catchUpAlerts } from "./catch-up-alerts";
import { findAlertmanager } from "./find-alertmanager";
import { listSilences } from "./read/list-silences";
import { startAlertmanager, startHookServer, until } from "./test-alertmanager";
import { createAlertHook } from "./test-alerts";

const { database, team } = await setUpTestTeam({ WEFT_ALLOW_ADDRESSES: "127.0.0.0/8" });
const web = await startHookServer(database);
afterAll(() => web.stop());
const program = findAlertmanager();
if (program === undefined)
	console.log("There is no Alertmanager here (apt-get install prometheus-alertmanager): its own tests are skipped.");

const fetch = createOutboundFetch({ allow: ["127.0.0.0/8"] });
const alert = (name: string, more: object = {}) => ({
	labels: { alertname: name, severity: "critical" },
	annotations: { summary: `${name} fires` },
	startsAt: "2026-11-29T10:00:00.123Z",
	...more,
});
const ended = (name: string) => alert(name, { endsAt: new Date(Date.now() - 1_000).toISOString() });

type Hook = Awaited<ReturnType<typeof createAlertHook>>;
const countOf = async (hook: Hook, verdict: string) =>
	(await hook.deliveries()).filter((delivery) => delivery.verdict === verdict).length;

test.skipIf(program === undefined)(
	"a real Alertmanager fires, repeats, restarts and resolves: one run, which is cancelled",
	async () => {
		const hook = await createAlertHook({ database, team }, { onResolve: "cancel" });
		const real = await startAlertmanager({ program: program ?? "", url: web.at(hook.address) });
		try {
			await real.post([alert("HighCpu")]);
			await until(async () => (await countOf(hook, "started")) === 1);
			await until(async () => (await countOf(hook, "duplicate")) >= 1);
			await real.restart();
			const before = await countOf(hook, "duplicate");
			await real.post([alert("HighCpu")]);
			await until(async () => (await countOf(hook, "duplicate")) > before);
			await real.post([ended("HighCpu")]);
			await until(async () => (await hook.runs())[0]?.status === "cancelled");
			expect(await hook.runs()).toHaveLength(1);
			expect((await hook.runs())[0]?.payload).toMatchObject({ receiver: "weft", alert: { endsAt: null } });
		} finally {
			await real.stop();
		}
	},
	60_000,
);

test.skipIf(program === undefined)(
	"a pair of peers that both send starts one run for each episode",
	async () => {
		const hook = await createAlertHook({ database, team });
		const url = web.at(hook.address);
		const one = await startAlertmanager({ program: program ?? "", url });
		const other = await startAlertmanager({ program: program ?? "", url, peer: one.cluster });
		try {
			const before = web.state.received;
			const all = ["PeerA", "PeerB", "PeerC"].map((name) => alert(name));
			await Promise.all([one.post(all), other.post(all)]);
			await until(async () => (await countOf(hook, "started")) === 3 && web.state.received >= before + 6);
			await Promise.all([one.post([ended("PeerA")]), other.post([ended("PeerA")])]);
			await until(
				async () =>
					(
						await database.sql`
				select 1 from alerts where name = 'PeerA' and status = 'resolved'`
					).length === 1,
			);
			expect(await hook.runs()).toHaveLength(3);
		} finally {
			await Promise.all([one.stop(), other.stop()]);
		}
	},
	60_000,
);

test.skipIf(program === undefined)(
	"what fired and what was resolved while Weft was away is caught up, and silences are read",
	async () => {
		const hook = await createAlertHook({ database, team }, { receiver: "weft" });
		const real = await startAlertmanager({ program: program ?? "", url: web.at(hook.address) });
		await database.sql`
			update triggers set config = (config::jsonb || ${JSON.stringify({ api: real.api })}::text::jsonb)::json
			where workflow_id = ${hook.id}`;
		try {
			web.state.isAway = true;
			await real.post([alert("Away"), alert("Gone")]);
			const catchUp = () => catchUpAlerts(database, { fetch, graceMs: 0 });
			await until(async () => {
				await catchUp();
				return (await hook.runs()).length === 2;
			});
			await real.post([ended("Gone")]);
			const gone = () => database.sql`select 1 from alerts where name = 'Gone' and status = 'resolved'`;
			await until(async () => {
				await catchUp();
				return (await gone()).length === 1;
			});
			await catchUp();
			expect(await hook.runs()).toHaveLength(2);

			const matchers = [{ name: "alertname", value: "Aw.+", isRegex: true, isEqual: true }];
			const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
			const silence = { matchers, startsAt: at(0), endsAt: at(1), createdBy: "Ada", comment: "A known one" };
			await globalThis.fetch(`${real.api}/api/v2/silences`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify(silence),
			});
			expect(await listSilences(team.members.viewer, { team: "acme" })).toMatchObject({
				silences: [{ createdBy: "Ada", matchers: ['alertname=~"Aw.+"'], alertIds: [expect.any(String)] }],
				problems: [],
			});
			// Once it hears again nothing starts a second time.
			web.state.isAway = false;
			await until(async () => (await countOf(hook, "duplicate")) >= 1 || (await countOf(hook, "skipped")) >= 1, 20);
			expect(await hook.runs()).toHaveLength(2);
		} finally {
			web.state.isAway = false;
			await real.stop();
		}
	},
	60_000,
);
