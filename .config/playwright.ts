import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { findHeadlessChromium } from "../infra/scripts/find-chromium";

const root = join(import.meta.dirname, "..");

// The workers read this file again: what the first reading chose is handed down in the environment.
process.env.WEFT_E2E_ID ??= String(process.pid);
process.env.WEFT_CHROMIUM ||= findHeadlessChromium();
const id = Number(process.env.WEFT_E2E_ID);

/** One worker waits for its browser most of the time. Each has a server and a database of its own, so none sees what another's tests do. */
const WORKERS = 2;
const instances = Array.from({ length: WORKERS }, (_, index) => {
	const port = 20_000 + ((id * WORKERS + index) % 20_000);
	return { port, origin: `http://127.0.0.1:${port}`, data: join(tmpdir(), `weft-e2e-${id}-${index}`) };
});
const own = instances[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
// What tests of the command line and of killed processes aim at.
Object.assign(process.env, { WEFT_E2E_PORT: String(own.port), WEFT_E2E_DATA: own.data });

export default defineConfig({
	testDir: join(root, "e2e"),
	outputDir: join(root, "test-results"),
	workers: WORKERS,
	fullyParallel: false,
	forbidOnly: true,
	// A machine that is busy with other things can be slow once. What needed it is listed as flaky.
	retries: 1,
	timeout: 90_000,
	expect: { timeout: 20_000 },
	reporter: [["list"]],
	use: {
		baseURL: own.origin,
		viewport: { width: 1440, height: 900 },
		locale: "en-US",
		// Pictures of every frame would cost a tenth of the time; the page itself is recorded.
		trace: { mode: "on-first-retry", screenshots: false, snapshots: true, sources: true },
		// What moves would be met in the middle of its way: a view stands where it belongs at once.
		contextOptions: { reducedMotion: "reduce" },
		screenshot: "only-on-failure",
		launchOptions: {
			executablePath: process.env.WEFT_CHROMIUM,
			args: [
				"--no-sandbox",
				"--disable-gpu",
				"--disable-quic",
				"--no-first-run",
				"--disable-background-networking",
				"--disable-component-update",
				"--disable-sync",
				"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
			],
		},
	},
	webServer: instances.map(({ port, origin, data }) => ({
		command: "node --import tsx infra/scripts/serve-for-tests.ts",
		cwd: root,
		url: `${origin}/api/health`,
		env: { PORT: String(port), WEFT_DATA_DIR: data, WEFT_DEMO_LOGIN: "on" },
		gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
		timeout: 240_000,
		stdout: "pipe",
	})),
});
