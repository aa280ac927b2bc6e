import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { ensureBuilt } from "../server/launcher/build";
import { findFreePort, newDataDirectory, startLauncher, type TestLauncher } from "../server/launcher/test-launcher";
import { median, report } from "./support/report";

/** From `npm start` on a built tree to a page that answers, the first time and later; and the memory it takes when idle. */
async function startTimed(env: Record<string, string>): Promise<{ launcher: TestLauncher; ms: number }> {
	const begun = performance.now();
	const launcher = startLauncher(env);
	for (;;) {
		const answer = await fetch(`${launcher.origin}/sign-in`).catch(() => undefined);
		if (answer?.ok) return { launcher, ms: performance.now() - begun };
		await pause(20);
	}
}

async function stop(launcher: TestLauncher): Promise<void> {
	await launcher.ready();
	launcher.kill("SIGTERM");
	await launcher.ended;
}

/** Proportional set size: shared pages count once. Reads Linux's /proc. */
function memoryMb(directory: string): number {
	const kilobytes = readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.map((pid) => {
			try {
				const args = readFileSync(`/proc/${pid}/cmdline`, "utf8");
				const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
				const isOurs = environment.includes(`WEFT_DATA_DIR=${directory}\0`) || args.includes(`${directory}/postgres`);
				const isLauncher = args.includes("weft.mjs");
				const isDatabase = args.startsWith("postgres:") || args.includes("/postgres");
				if (!isOurs && !(isDatabase && parentIsOurs(pid, directory))) return 0;
				if (isLauncher) return 0;
				return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
			} catch {
				return 0;
			}
		});
	return Math.round(kilobytes.reduce((sum, value) => sum + value, 0) / 1024);
}

/** PostgreSQL's helpers rename themselves; their parent still names the data directory. */
function parentIsOurs(pid: string, directory: string): boolean {
	const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
	return readFileSync(`/proc/${parent}/cmdline`, "utf8").includes(`${directory}/postgres`);
}

await ensureBuilt(process.cwd());
const first: number[] = [];
const later: number[] = [];
let idle = 0;
for (let n = 0; n < 3; n++) {
	const data = newDataDirectory();
	const env = { WEFT_DATA_DIR: data.directory, PORT: String(await findFreePort()) };
	const fresh = await startTimed(env);
	first.push(fresh.ms);
	await stop(fresh.launcher);
	for (let again = 0; again < 2; again++) {
		const started = await startTimed(env);
		later.push(started.ms);
		await started.launcher.ready();
		if (again === 1) {
			await pause(5_000);
			idle = memoryMb(data.directory);
		}
		await stop(started.launcher);
	}
	data.remove();
}
report("startup", { first_start_ms: median(first), start_ms: median(later), idle_web_worker_database_mb: idle });
process.exit(0);
