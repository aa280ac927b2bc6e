import type { Browser, Page } from "@playwright/test";
import { followScripts, type Script, sumOf } from "./support/follow-scripts";
import { makeLargePlan } from "./support/large-plan";
import { median, report, round } from "./support/report";
import { type AppFixture, withApp } from "./support/with-app";
import { machineLoad, withBrowser } from "./support/with-editor";

/**
 * What somebody who has not signed in waits for, with nothing in their browser: the scripts that come before anything is
 * clicked, in thousands of bytes gzip, the largest contentful paint (the median of five visits) and how much the layout
 * shifts until the page is at rest. With --names the scripts are listed.
 */
const VISITS = 5;
const BUDGET = { js_kb: 200, lcp_ms: 1_200, cls: 0.02 };
/** By now everything has come that comes by itself. */
const REST_MS = 4_000;

/** Layout shifts are summed whole: no page may shift in two halves. */
const watchPaint = `
	window.paint = { lcp: 0, cls: 0 };
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) window.paint.lcp = entry.startTime;
	}).observe({ type: "largest-contentful-paint", buffered: true });
	new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.paint.cls += entry.value;
	}).observe({ type: "layout-shift", buffered: true });
`;

interface Visit {
	scripts: Script[];
	kb: number;
	lcp: number;
	cls: number;
}

async function visit(browser: Browser, url: string, viewport: { width: number; height: number }): Promise<Visit> {
	const context = await browser.newContext({ viewport });
	const page = await context.newPage();
	const scripts = followScripts(page);
	await page.addInitScript(watchPaint);
	const response = await page.goto(url);
	if (response?.status() !== 200) throw new Error(`${url} answered ${response?.status()}.`);
	await page.waitForTimeout(REST_MS);
	const taken = await scripts.take();
	const paint = await readPaint(page);
	await context.close();
	return { scripts: taken, kb: sumOf(taken), ...paint };
}

async function readPaint(page: Page): Promise<{ lcp: number; cls: number }> {
	return await page.evaluate("window.paint");
}

async function measure(browser: Browser, name: string, url: string): Promise<Record<string, number>> {
	const visits: Visit[] = [];
	for (let n = 0; n < VISITS; n++) visits.push(await visit(browser, url, { width: 1440, height: 900 }));
	const phone = await visit(browser, url, { width: 390, height: 844 });
	const all = [...visits, phone];
	if (process.argv.includes("--names")) for (const script of phone.scripts) console.error(name, script.kb, script.url);
	return {
		[`${name}_js_kb`]: Math.max(...all.map(({ kb }) => kb)),
		[`${name}_lcp_ms`]: median(visits.map(({ lcp }) => lcp)),
		[`${name}_phone_lcp_ms`]: round(phone.lcp),
		[`${name}_cls`]: Math.max(...all.map(({ cls }) => Math.round(cls * 10_000) / 10_000)),
	};
}

/** The addresses of a workflow of 30 steps and of a run of it, which are shared. */
async function share(app: AppFixture): Promise<{ run: string; workflow: string }> {
	const plan = makeLargePlan(30);
	const workflowId = await app.store(plan);
	const { token } = await app.startShared(workflowId, plan);
	const base = `${app.origin}/share`;
	return { run: `${base}/${token}`, workflow: `${base}/${await app.shareWorkflow(workflowId)}` };
}

const figures = await withApp((app) =>
	withBrowser(async (browser) => {
		const shared = await share(app);
		return {
			...(await measure(browser, "gallery", `${app.origin}/templates`)),
			...(await measure(browser, "template", `${app.origin}/templates/${await firstTemplate(app)}`)),
			...(await measure(browser, "shared_run", shared.run)),
			...(await measure(browser, "shared_workflow", shared.workflow)),
		};
	}),
);
const budget = Object.fromEntries(Object.entries(BUDGET).map(([name, value]) => [`budget_${name}`, value]));
report("public-pages", { ...figures, ...budget, machine_load: machineLoad() });
process.exit(0);

async function firstTemplate({ origin }: AppFixture): Promise<string> {
	const html = await (await fetch(`${origin}/templates`)).text();
	const slug = html.match(/href="\/templates\/([a-z0-9-]+)"/)?.[1];
	if (slug === undefined) throw new Error("The gallery is empty.");
	return slug;
}
