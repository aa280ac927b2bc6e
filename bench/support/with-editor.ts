import { loadavg } from "node:os";
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";
import type { Database } from "../../db/client";
import { findChromium } from "../../infra/scripts/find-chromium";
import type { Plan } from "../../server/plan/plan";
import { type AppFixture, withApp } from "./with-app";

/** The app as `npm start` runs it, and a browser that has signed in to it as the demo user. */
export interface EditorFixture {
	database: Database;
	/** Stores a plan as a workflow of the demo team; returns its id and the address of its page. */
	store(plan: Plan): Promise<{ workflowId: string; url: string }>;
	/** A window of its own with nothing in its cache. */
	newWindow(): Promise<BrowserContext>;
	/** Opens a workflow and waits until it can be edited; every window has but one such page. */
	open(url: string): Promise<OpenEditor>;
}

export interface OpenEditor {
	page: Page;
	devtools: CDPSession;
	close(): Promise<void>;
}

const BROWSER_ARGS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
];

export async function withEditor<Answer>(measure: (fixture: EditorFixture) => Promise<Answer>): Promise<Answer> {
	return await withApp((app) => withBrowser(async (browser) => await measure(await createFixture(browser, app))));
}

/** The browser of the benchmarks, without what it does in the background. */
export async function withBrowser<Answer>(measure: (browser: Browser) => Promise<Answer>): Promise<Answer> {
	const browser = await chromium.launch({ executablePath: findChromium(), args: BROWSER_ARGS });
	try {
		return await measure(browser);
	} finally {
		await browser.close();
	}
}

async function createFixture(browser: Browser, { database, origin, store }: AppFixture): Promise<EditorFixture> {
	const viewport = { width: 1440, height: 900 };
	const storageState = await signIn(await browser.newContext({ viewport }), origin);
	const newWindow = () => browser.newContext({ viewport, storageState });
	return {
		database,
		newWindow,
		async store(plan) {
			const workflowId = await store(plan);
			return { workflowId, url: `${origin}/demo/workflows/${workflowId}` };
		},
		async open(url) {
			const context = await newWindow();
			const page = await context.newPage();
			await page.goto(url);
			await page.getByRole("complementary", { name: "Workflow" }).waitFor();
			await page.locator("[data-node]").first().waitFor();
			return { page, devtools: await context.newCDPSession(page), close: () => context.close() };
		},
	};
}

async function signIn(context: BrowserContext, origin: string) {
	const page = await context.newPage();
	await page.goto(`${origin}/sign-in`);
	await page.getByRole("button", { name: /Try it/ }).click();
	await page.waitForURL(/workflows/);
	const state = await context.storageState();
	await context.close();
	return state;
}

/** What else the machine was doing: the mean length of the run queue in the last minute, beside two cores. */
export function machineLoad(): number {
	return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}
