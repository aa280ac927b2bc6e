import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../db/embedded-postgres";
import { migrateDatabase } from "../db/migrate";
import { TEMPLATE_DATABASE } from "../db/test-database";
import { bundleThreadProgram } from "../server/launcher/worker-bundle";
import { isAlive, signal } from "../server/live-process";

const PREFIX = "weft-test-postgres-";

/** One PostgreSQL for this run of the tests, in a folder named for this process, with a migrated template in it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
	await removeLeftovers();
	await bundleThreadProgram(project.config.root);
	const directory = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
	await chmod(directory, 0o711);
	const server = await startEmbeddedPostgres({ directory, durable: false });
	await createTemplate(server.url);
	project.provide("postgresUrl", server.url);
	return async () => {
		await server.stop("at once");
		await rm(server.data, { recursive: true, force: true });
		await rm(directory, { recursive: true, force: true });
	};
}

async function createTemplate(url: string): Promise<void> {
	const sql = postgres(url, { max: 1 });
	await sql.unsafe(`create database ${TEMPLATE_DATABASE}`);
	await sql.end();
	const template = new URL(url);
	template.pathname = `/${TEMPLATE_DATABASE}`;
	await migrateDatabase(template.href);
}

/** Ends the servers of test runs that were killed before they could do it themselves. */
async function removeLeftovers(): Promise<void> {
	for (const name of await readdir(tmpdir())) {
		if (!name.startsWith(PREFIX)) continue;
		const owner = Number(name.slice(PREFIX.length).split("-")[0]);
		if (isAlive(owner)) continue;
		const directory = join(tmpdir(), name);
		const pidFile = await readFile(join(directory, "postgres", "postmaster.pid"), "utf8").catch(() => "");
		const pid = Number.parseInt(pidFile, 10);
		if (pid > 0) signal(pid, "SIGQUIT");
		await rm(directory, { recursive: true, force: true, maxRetries: 5 });
	}
}
