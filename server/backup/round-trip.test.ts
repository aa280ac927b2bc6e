import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { createTestTeam } from "@/server/teams/test-team";
import { openBackup, restoreDatabase, restoreFiles } from "./restore-backup";
import { writeBackup } from "./write-backup";

let database: TestDatabase;
let folder: string;
let admin: postgres.Sql;
const restored = `restored_${crypto.randomUUID().replaceAll("-", "")}`;
beforeAll(async () => {
	database = await createTestDatabase();
	folder = await mkdtemp(join(tmpdir(), "weft-round-trip-"));
	admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
	await admin.unsafe(`create database ${restored} template template0`);
});
afterAll(async () => {
	await admin.unsafe(`drop database ${restored} with (force)`);
	await admin.end();
	await database.drop();
	await rm(folder, { recursive: true, force: true });
});

test("a backup comes back with its rows, and with links of a workspace that lead out of it", async () => {
	const [from, to] = [join(folder, "from"), join(folder, "to")];
	const workspace = "workspaces/run-1/workspace";
	await mkdir(join(from, workspace, "venv/bin"), { recursive: true });
	await mkdir(to);
	await writeFile(join(from, "secret"), "secret");
	await symlink("/usr/bin/python3", join(from, workspace, "venv/bin/python3"));
	await symlink("venv/bin", join(from, workspace, "bin"));
	await symlink("bin/python3", join(from, workspace, "python"));
	await mkdir(join(from, "artifacts/team"), { recursive: true });
	await writeFile(join(from, "artifacts/team/file"), "kept");
	await writeFile(join(from, "artifacts/team/other.part"), "half");
	await createTestTeam(database, "acme");
	const archive = join(folder, "a.tar.gz");
	await writeBackup({ url: database.url, dataDirectory: from }, archive);

	const url = new URL(database.url);
	url.pathname = `/${restored}`;
	const backup = await openBackup(archive, to);
	await restoreDatabase(url.href, backup);
	await restoreFiles(to, backup);
	await backup.close();
	const sql = postgres(url.href, { max: 1 });
	const teams = await sql<{ slug: string }[]>`select slug from teams`.finally(() => sql.end());
	expect(teams.map(({ slug }) => slug)).toEqual(["acme"]);
	expect(await readlink(join(to, workspace, "venv/bin/python3"))).toBe("/usr/bin/python3");
	expect(await readlink(join(to, workspace, "python"))).toBe("bin/python3");
	expect(existsSync(join(to, "secret"))).toBe(true);
	expect(await readFile(join(to, "artifacts/team/file"), "utf8")).toBe("kept");
	expect(await readdir(join(to, "artifacts/team"))).toEqual(["file"]);
});
