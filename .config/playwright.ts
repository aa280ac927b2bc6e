import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { findChromium } from "../infra/scripts/find-chromium";

const root = join(import.meta.dirname, "..");

// The workers read this file again: what the first reading chose is handed down in the environment.
process.env.WEFT_E2E_PORT ??= String(20_000 + (process.pid % 20_000));
process.env.WEFT_E2E_DATA ??= join(tmpdir(), `weft-e2e-${process.pid}`);
const { WEFT_E2E_PORT: port, WEFT_E2E_DATA: data } = process.env;
const origin = `http://127.0.0.1:${port}`;

export default defineConfig({
	testDir: join(root, "e2e"),
	outputDir: join(root, "test-results"),
	workers: 1,
	fullyParallel: false,
	forbidOnly: true,
	// A machine that is busy with other things can be slow once. What needed it is listed as flaky.
	retries: 1,
	timeout: 90_000,
	expect: { timeout: 20_000 },
	reporter: [["list"]],
	use: {
		baseURL: origin,
		viewport: { width: 1440, height: 900 },
		locale: "en-US",
		trace: "retain-on-failure",
		screenshot: "only-on-failure",
		launchOptions: {
			executablePath: findChromium(),
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
	webServer: {
		command: "node --import tsx infra/scripts/serve-for-tests.ts",
		cwd: root,
		url: `${origin}/api/health`,
		env: { PORT: port, WEFT_DATA_DIR: data, WEFT_DEMO_LOGIN: "on" },
		gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
		timeout: 240_000,
		stdout: "pipe",
	},
});
