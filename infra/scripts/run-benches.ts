import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

/** Runs bench/*.ts one after the other, or only those whose names contain one of the arguments. */
const wanted = process.argv.slice(2);
const files = existsSync("bench") ? readdirSync("bench").filter((name) => name.endsWith(".ts")) : [];
const chosen = files.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
let failed = 0;
for (const name of chosen.sort()) {
	const { status } = spawnSync(process.execPath, ["--import", "tsx", `bench/${name}`], { stdio: "inherit" });
	if (status !== 0) {
		console.error(`bench/${name} failed.`);
		failed++;
	}
}
process.exitCode = failed > 0 ? 1 : 0;
