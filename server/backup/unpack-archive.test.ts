import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Header } from "tar";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileOf, manifestSchema } from "./backup-manifest";
import { copyWorkspaces } from "./copy-workspaces";
import { unpackArchive } from "./unpack-archive";

let base: string;
let folder: string;
let archive: string;
beforeEach(async () => {
	base = await mkdtemp(join(tmpdir(), "weft-unpack-"));
	folder = join(base, "restored");
	archive = join(base, "archive.tar");
	await mkdir(folder);
});
afterEach(() => rm(base, { recursive: true, force: true }));

type Entry = { path: string; type: "File" | "SymbolicLink" | "Link" | "CharacterDevice"; linkpath?: string };

/** An archive as `tar` would never write it. */
async function writeArchive(entries: readonly Entry[]): Promise<void> {
	const blocks = entries.map((entry) => {
		const header = new Header({ ...entry, mode: 0o644, size: 0, mtime: new Date(0) });
		header.encode();
		return header.block ?? Buffer.alloc(0);
	});
	await writeFile(archive, Buffer.concat([...blocks, Buffer.alloc(1_024)]));
}

const WORKSPACE = "workspaces/run-1/workspace";

test("links of a workspace lead where they led, also out of it and through other links", async () => {
	await writeArchive([
		{ path: `${WORKSPACE}/file`, type: "File" },
		{ path: `${WORKSPACE}/python`, type: "SymbolicLink", linkpath: "/usr/bin/python3" },
		{ path: `${WORKSPACE}/up`, type: "SymbolicLink", linkpath: "../../../.." },
		{ path: `${WORKSPACE}/through`, type: "SymbolicLink", linkpath: "up/file" },
	]);
	await unpackArchive(archive, folder);
	const targets = ["python", "up", "through"].map((name) => readlink(join(folder, WORKSPACE, name)));
	expect(await Promise.all(targets)).toEqual(["/usr/bin/python3", "../../../..", "up/file"]);
});

test.each<[string, Entry[]]>([
	["a link in the place of the secret", [{ path: "secret", type: "SymbolicLink", linkpath: "/etc/passwd" }]],
	["a link in the place of a table", [{ path: "database/x.copy", type: "SymbolicLink", linkpath: "/etc/passwd" }]],
	["a link in the place of a run", [{ path: "workspaces/run-1", type: "SymbolicLink", linkpath: "/etc" }]],
	["a link in the place of a workspace", [{ path: WORKSPACE, type: "SymbolicLink", linkpath: "/etc" }]],
	[
		"a link that leads up by its own path",
		[{ path: `${WORKSPACE}/../../../x`, type: "SymbolicLink", linkpath: "/etc" }],
	],
	[
		"a link that stands behind another one",
		[
			{ path: `${WORKSPACE}/a`, type: "SymbolicLink", linkpath: "../../.." },
			{ path: `${WORKSPACE}/a/secret`, type: "SymbolicLink", linkpath: "/etc/passwd" },
		],
	],
	["a second name of a file", [{ path: `${WORKSPACE}/x`, type: "Link", linkpath: "../../outside" }]],
	["a device", [{ path: `${WORKSPACE}/x`, type: "CharacterDevice" }]],
	["a file outside", [{ path: "../outside", type: "File" }]],
	["a file by an absolute path", [{ path: "/tmp/weft-outside", type: "File" }]],
])("an archive with %s is refused", async (_, entries) => {
	await writeFile(join(base, "outside"), "outside");
	await writeArchive([{ path: `${WORKSPACE}/file`, type: "File" }, ...entries]);
	await expect(unpackArchive(archive, folder)).rejects.toThrow();
	expect(await readFile(join(base, "outside"), "utf8")).toBe("outside");
	expect([join(folder, "secret"), "/tmp/weft-outside"].map((path) => existsSync(path))).toEqual([false, false]);
});

test("a file that a link leads to is written to its own place", async () => {
	await writeArchive([
		{ path: `${WORKSPACE}/a`, type: "SymbolicLink", linkpath: "../../../.." },
		{ path: `${WORKSPACE}/a/escaped`, type: "File" },
	]);
	await expect(unpackArchive(archive, folder)).rejects.toThrow("EEXIST");
	expect(existsSync(join(base, "escaped"))).toBe(false);
});

const table = { schema: "public", name: "runs", columns: ["id"], file: "database/public.runs.copy" };
const manifest = {
	...{ format: 1, takenAt: "2026-01-01T00:00:00Z", migrations: [1], hasSecret: false },
	...{ tables: [table], sequences: [{ schema: "public", name: "runs_seq", last: "1" }] },
};

test("a manifest names tables of Weft, and the file of each follows from its name", () => {
	expect(manifestSchema.parse(manifest).tables).toEqual([table]);
	expect(fileOf({ schema: "engine", name: "items" })).toBe("database/engine.items.copy");
});

test.each([
	{ tables: [{ ...table, file: "../../../../etc/passwd" }] },
	{ tables: [{ ...table, file: "database/public.users.copy" }] },
	{ tables: [{ ...table, name: "../x", file: "database/public.../x.copy" }] },
	{ tables: [{ ...table, schema: "pg_catalog", file: "database/pg_catalog.runs.copy" }] },
	{ sequences: [{ schema: "public", name: "x", last: "1; drop table runs" }] },
])("a manifest that reaches for anything else is refused (%#)", (part) => {
	expect(manifestSchema.safeParse({ ...manifest, ...part }).success).toBe(false);
});

test("a copy of workspaces keeps links as they are and leaves out what is nested beyond reason", async () => {
	const from = join(base, "workspaces");
	await mkdir(join(from, "run-1", "d/".repeat(1_200)), { recursive: true });
	await writeFile(join(from, "run-1", "tool"), "#!/bin/sh", { mode: 0o755 });
	await symlink("/nowhere", join(from, "run-1", "link"));
	await copyWorkspaces(from, join(base, "copy"));
	expect(await readFile(join(base, "copy/run-1/tool"), "utf8")).toBe("#!/bin/sh");
	expect(await readlink(join(base, "copy/run-1/link"))).toBe("/nowhere");
	expect(existsSync(join(base, "copy/run-1", "d/".repeat(900)))).toBe(true);
	expect(existsSync(join(base, "copy/run-1", "d/".repeat(1_100)))).toBe(false);
});
