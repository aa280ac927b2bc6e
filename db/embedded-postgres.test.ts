import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAlive } from "@/server/live-process";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres";

let directory: string;
let server: EmbeddedPostgres | undefined;
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), "weft-embedded-test-"));
	// PostgreSQL, another user when root runs the tests, must be able to pass.
	chmodSync(directory, 0o711);
});
afterEach(async () => {
	await server?.stop("at once");
	rmSync(directory, { recursive: true, force: true });
});

async function start({ durable = false } = {}): Promise<EmbeddedPostgres> {
	server = await startEmbeddedPostgres({ directory, durable });
	return server;
}

async function query<T extends object>(url: string, statement: string): Promise<T[]> {
	const sql = postgres(url, { max: 1 });
	try {
		return await sql.unsafe<T[]>(statement);
	} finally {
		await sql.end();
	}
}

describe("startEmbeddedPostgres", () => {
	test("a stopped database comes back at the same address with what was stored", async () => {
		const first = await start();
		await query(first.url, "create table kept as select 1 as one");
		await first.stop();
		expect(isAlive(first.pid)).toBe(false);
		const second = await start();
		expect(second.url).toBe(first.url);
		expect(await query(second.url, "select one from kept")).toEqual([{ one: 1 }]);
	});

	test("a server that still runs is taken over, not started twice", async () => {
		const first = await start();
		const second = await start();
		expect(second.pid).toBe(first.pid);
		await second.stop();
		expect(isAlive(first.pid)).toBe(false);
	});

	test("starts right after its server was killed, and nothing that was stored is lost", async () => {
		const first = await start({ durable: true });
		await query(first.url, "create table kept as select 1 as one");
		process.kill(first.pid, "SIGKILL");
		await first.exited;
		const second = await start();
		expect(await query(second.url, "select one from kept")).toEqual([{ one: 1 }]);
	});

	test("a pid file whose number now belongs to another program does not keep it from starting", async () => {
		const first = await start();
		await first.stop();
		writeFileSync(join(first.data, "postmaster.pid"), `${process.pid}\n${first.data}\n0\n5432\n\n127.0.0.1\n\nready\n`);
		const second = await start();
		expect(second.pid).not.toBe(process.pid);
	});

	test("a first start that was cut off in the middle is begun anew", async () => {
		const first = await start();
		await first.stop();
		rmSync(first.data, { recursive: true });
		expect(readdirSync(directory)).toContain("postgres.json");
		const second = await start();
		expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
	});

	test("asks everybody for the password, which only its owner can read", async () => {
		const { url } = await start();
		const stranger = new URL(url);
		stranger.password = "guess";
		await expect(query(stranger.href, "select 1")).rejects.toThrow("password authentication failed");
		expect(statSync(join(directory, "postgres.json")).mode & 0o777).toBe(0o600);
	});
});
