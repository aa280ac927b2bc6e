import { join } from "node:path";
import { childEnv, type Env } from "../env";
import type { Part } from "./supervised-process";

export type Mode = "start" | "dev";

export interface PartOptions {
	root: string;
	mode: Mode;
	env: Env;
	databaseUrl: string;
	secret: string;
	dataDirectory: string;
}

export function webPart(options: PartOptions): Part {
	const { root, mode, env } = options;
	return {
		name: "web",
		args: [...withLauncher(root), ...webArgs(root, mode), "--port", String(env.PORT), "--hostname", env.HOST],
		cwd: root,
		env: partEnv(options),
		graceMs: 8_000,
		isNoise: (line) =>
			mode === "start" &&
			/^\s*(▲|- (Local|Network|Experiments)|⨯ agentUpgrade|✓ (Starting|Ready|Running next.config))/.test(line),
	};
}

/** The program that serves the build, or the one that builds what is asked for. */
function webArgs(root: string, mode: Mode): string[] {
	if (mode === "start") return [join(root, "server/launcher/serve-web.mjs")];
	return [join(root, "node_modules/next/dist/bin/next"), "dev"];
}

export function workerPart(options: PartOptions): Part {
	const { root } = options;
	return {
		name: "worker",
		args: [...withLauncher(root), "--enable-source-maps", join(root, ".weft-build", "worker.js")],
		cwd: root,
		env: partEnv(options),
		graceMs: 10_000,
	};
}

function withLauncher(root: string): string[] {
	return ["--import", join(root, "server/launcher/exit-with-launcher.mjs")];
}

function partEnv({ mode, databaseUrl, secret, dataDirectory }: PartOptions): NodeJS.ProcessEnv {
	return childEnv({
		NODE_ENV: mode === "dev" ? "development" : "production",
		NEXT_TELEMETRY_DISABLED: "1",
		DATABASE_URL: databaseUrl,
		WEFT_SECRET: secret,
		WEFT_DATA_DIR: dataDirectory,
	});
}
