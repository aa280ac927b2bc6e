import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { migrateDatabase, requireMigrated } from "@/db/migrate";
import { getEnv } from "../env";
import { WeftError } from "../errors";
import { ensureBuilt, isCheckout, requireBuild } from "../launcher/build";
import { startWeft } from "../launcher/start";
import { administer } from "./admin-commands";
import { backUp, defaultBackupName, restore } from "./backup-commands";
import { rotateKeys } from "./rotate-keys";

const USAGE = `Usage: weft [command]

  start     everything on this machine: database, web and worker (without a command, too)
  dev       the same, with hot reload
  build     build the web app and the worker
  migrate   bring the database of DATABASE_URL up to date
  web       the web server alone    (needs DATABASE_URL and WEFT_SECRET)
  worker    one worker alone        (needs DATABASE_URL and WEFT_SECRET)

  admin <command>  people and their accounts: weft admin help

  backup [file]    everything that Weft knows, in one archive, while it runs
  restore <file>   what a backup holds, into an empty data directory

  rotate-keys [team]   wrap all keys under a new WEFT_SECRET, and give a team a new key
`;

/** How the program was called. */
export interface CommandLine {
	root: string;
	/** The directory it was called in, which names of files start from. */
	from: string;
	args: readonly string[];
}

const commands: Readonly<Record<string, (call: CommandLine) => Promise<void>>> = {
	async start({ root }) {
		await startWeft(root, "start");
		process.exit(0);
	},
	async dev({ root }) {
		if (!isCheckout(root)) throw new WeftError("invalid", "A package has no sources to watch. Run weft start.");
		await startWeft(root, "dev");
		process.exit(0);
	},
	build: ({ root }) => ensureBuilt(root),
	migrate: () => migrateDatabase(required("DATABASE_URL")),
	async web({ root }) {
		requireProduction(root);
		const { PORT, HOST } = getEnv();
		const server = join(root, "server/launcher/serve-web.mjs");
		process.argv = [process.execPath, server, "--port", String(PORT), "--hostname", HOST];
		await import(pathToFileURL(server).href);
	},
	admin: ({ args: [, ...rest] }) => administer(rest),
	backup: ({ from, args: [, file] }) => backUp(resolve(from, file ?? defaultBackupName(new Date()))),
	async restore({ from, args: [, file] }) {
		if (file === undefined) throw new WeftError("invalid", "Name the backup: weft restore <file>.");
		await restore(resolve(from, file));
	},
	"rotate-keys": ({ args: [, team] }) => rotateKeys(team),
	async worker({ root }) {
		requireProduction(root);
		await requireMigrated(required("DATABASE_URL"));
		process.chdir(root);
		await import(pathToFileURL(join(root, ".weft-build", "worker.js")).href);
	},
};

/** Runs one command of the command line. Throws a `WeftError` for an unknown one. */
export async function runCommand(call: CommandLine): Promise<void> {
	const [name = "start"] = call.args;
	if (name === "help" || name === "--help") {
		process.stdout.write(USAGE);
		return;
	}
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!command) throw new WeftError("invalid", `There is no command ${name}.\n\n${USAGE}`);
	await command(call);
}

function requireProduction(root: string): void {
	required("DATABASE_URL");
	required("WEFT_SECRET");
	requireBuild(root);
}

function required(name: "DATABASE_URL" | "WEFT_SECRET"): string {
	const value = getEnv()[name];
	if (value === undefined) throw new WeftError("invalid", `${name} is not set. Set it in the environment or in .env.`);
	return value;
}
