import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase } from "@/db/test-database";
import { findFreePort, findParts, newDataDirectory, startLauncher } from "./test-launcher";

let data: ReturnType<typeof newDataDirectory>;
let port: number;
beforeEach(async () => {
	data = newDataDirectory();
	port = await findFreePort();
});
afterEach(() => data.remove());

/** Starts Weft, expects it to give up, and returns the one line that it said. */
async function refusal(env: Record<string, string> = {}): Promise<string> {
	const launcher = startLauncher({ WEFT_DATA_DIR: data.directory, PORT: String(port), ...env });
	expect(await launcher.ended, launcher.output()).toBe(1);
	expect(findParts(data.directory)).toEqual([]);
	const lines = launcher.output().trim().split("\n");
	return lines.filter((line) => !line.startsWith("build ")).join("\n");
}

describe("npm start gives up with one line and leaves nothing running", () => {
	test("when the port is taken", async () => {
		const other = createServer().listen(port, "127.0.0.1");
		await once(other, "listening");
		expect(await refusal()).toBe(
			`weft: Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
		);
		other.close();
	});

	test("when the data directory holds somebody else's files, which stay untouched", async () => {
		mkdirSync(data.directory);
		writeFileSync(join(data.directory, "thesis.txt"), "chapter one");
		expect(await refusal()).toMatch(/^weft: The data directory \S+ holds files that are not Weft's\. .*$/);
		expect(readdirSync(data.directory)).toEqual(["thesis.txt"]);
	});

	test("when the data directory is a file", async () => {
		writeFileSync(data.directory, "");
		expect(await refusal()).toMatch(/^weft: The data directory \S+ cannot be used: .*$/);
	});

	test("when a variable is wrong", async () => {
		expect(await refusal({ PORT: "eighty" })).toBe("weft: Wrong environment variable: PORT must be a port number.");
	});

	test("when the database of DATABASE_URL does not answer, without telling its password", async () => {
		const closed = await findFreePort();
		const line = await refusal({ DATABASE_URL: `postgres://weft:hunter2@127.0.0.1:${closed}/weft` });
		expect(line).toMatch(/^weft: The database of DATABASE_URL \(127\.0\.0\.1:\d+\/weft\) does not answer: .*$/);
		expect(line).not.toContain("hunter2");
	});

	test("when a newer version has migrated the database", { timeout: 240_000 }, async () => {
		const database = await createTestDatabase();
		await database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e15)`;
		expect(await refusal({ DATABASE_URL: database.url })).toMatch(
			/^weft: The database was migrated by a newer version.*$/,
		);
		await database.drop();
	});
});
