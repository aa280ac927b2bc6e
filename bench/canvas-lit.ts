import { chromium } from "@playwright/test";
import { openDatabase } from "../db/client";
import { startEmbeddedPostgres } from "../db/embedded-postgres";
import { findChromium } from "../infra/scripts/find-chromium";
import { insertWorkflow } from "../inngest/functions/test-runs";
import { ensureBuilt } from "../server/launcher/build";
import { findFreePort, newDataDirectory, startLauncher } from "../server/launcher/test-launcher";
import { planSchema } from "../server/plan/plan";
import { median, quantile, report } from "./support/report";

/** From the moment a step's end is recorded to its node being lit on an open canvas in a real browser. */
const COUNT = 40;
const plan = planSchema.parse({
	version: 1,
	nodes: Array.from({ length: COUNT }, (_, index) => ({
		id: `n${index}`,
		type: "shell",
		name: `Step ${index}`,
		config: { command: "sleep 0.1" },
	})),
	edges: Array.from({ length: COUNT - 1 }, (_, index) => ({ from: `n${index}`, to: `n${index + 1}` })),
});

await ensureBuilt(process.cwd());
const data = newDataDirectory();
const env = { WEFT_DATA_DIR: data.directory, PORT: String(await findFreePort()), WEFT_DEMO_LOGIN: "on" };
const launcher = startLauncher(env);
await launcher.ready();
const { url } = await startEmbeddedPostgres({ directory: data.directory });
const database = openDatabase(url, { max: 4 });
const [team] = await database.sql<{ id: string }[]>`select id from teams where slug = 'demo'`;
const workflowId = await insertWorkflow(database, team?.id ?? "", plan);

const browser = await chromium.launch({
	executablePath: findChromium(),
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(`${launcher.origin}/sign-in`);
await page.getByRole("button", { name: /Try it/ }).click();
await page.waitForURL(/workflows/);
// The clock of the page and of the database are the same machine's.
await page.addInitScript(`
	window.lit = {};
	new MutationObserver(() => {
		for (const button of document.querySelectorAll("[data-state=completed] [data-node]")) {
			window.lit[button.dataset.node] ??= Date.now();
		}
	}).observe(document, { subtree: true, childList: true, attributes: true });
`);
await page.goto(`${launcher.origin}/demo/workflows/${workflowId}`);
await page.getByRole("banner").getByRole("button", { name: /^Run/ }).click();
const confirm = page.getByRole("dialog").getByRole("button", { name: /^Run/ });
await confirm.click({ timeout: 3_000 }).catch(() => undefined);
await page.waitForURL(/\/runs\/\d+/);
await page.getByRole("banner").getByText("Completed", { exact: true }).waitFor({ timeout: 60_000 });
const lit: Record<string, number> = await page.evaluate("window.lit");
const ends = await database.sql<{ nodeId: string; at: number }[]>`
	select e.node_id as "nodeId", extract(epoch from e.at)::float8 * 1000 as at
	from run_events e join runs r on r.id = e.run_id
	where r.workflow_id = ${workflowId} and e.type = 'step.completed' order by e.seq`;
// The first steps ended before the page was open.
const delays = ends.slice(10).flatMap(({ nodeId, at }) => (lit[nodeId] === undefined ? [] : [lit[nodeId] - at]));
report("canvas-lit", {
	steps: delays.length,
	recorded_to_lit_p50_ms: median(delays),
	recorded_to_lit_p95_ms: quantile(delays, 0.95),
});
await browser.close();
await database.close();
launcher.kill("SIGTERM");
await launcher.ended;
data.remove();
process.exit(0);
