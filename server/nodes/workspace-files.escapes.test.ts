import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLocalRunner } from "../runners/local-runner";
import type { Workspace } from "../runners/runner";
import { readWorkspaceFile, writeWorkspaceFile } from "./workspace-files";

const { signal } = new AbortController();
let root: string;
let workspace: Workspace;
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "weft-files-"));
	workspace = await createLocalRunner({ directory: root, workerId: "test" }).acquire("run-1");
	const script = "mkfifo pipe && ln -s pipe link && ln -s /dev/zero zero && mkdir folder";
	await workspace.exec(["sh", "-c", script], { env: {}, signal, onOutput: () => {} });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const place = () => ({ workspace: async () => workspace, signal });

it.each(["pipe", "link", "zero", "folder"])(
	"a %s that a command left is neither read nor written as a file",
	async (path) => {
		await expect(readWorkspaceFile(place(), path)).rejects.toThrow("could not be read");
		await expect(writeWorkspaceFile(place(), path, Buffer.from("a"))).rejects.toThrow("could not be written");
	},
);

it("a file is written anew, whatever its name", async () => {
	for (const content of ["longer before", "after"])
		await writeWorkspaceFile(place(), "-rf\n`id`", Buffer.from(content));
	expect(String(await readWorkspaceFile(place(), "-rf\n`id`"))).toBe("after");
});
