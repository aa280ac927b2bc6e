import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "@/server/plan/values/json";
import { createLocalRunner } from "@/server/runners/local-runner";
import type { Workspace } from "@/server/runners/runner";
import { createTestContext } from "../../test-context";
import { agentDefinition, type ToolName } from "../definition";
import { allTools } from "./all-tools";

let directory: string;
let workspace: Workspace;

beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-agent-"));
	workspace = await createLocalRunner({ directory, workerId: "w" }).acquire("run");
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function use(name: ToolName, input: JsonObject): Promise<string> {
	const config = agentDefinition.config.parse({ prompt: "p", network: "on" });
	const bound = allTools[name].bind(input, { config, context: createTestContext({ workspace }) });
	if ("problem" in bound) throw new Error(bound.problem);
	return await bound.run();
}

test("files are written, listed, read from a line on, searched and edited", async () => {
	await use("write_file", { path: "notes/it's.txt", content: "one\ntwo\nthree\n" });
	expect(await use("list_files", {})).toContain("./notes/it's.txt");
	expect((await use("read_file", { path: "notes/it's.txt", from: 2, lines: 1 })).trim()).toMatch(/^1\s+two$/);
	expect(await use("search_files", { pattern: "t(wo|hree)" })).toMatch(/it's\.txt:2:two\n.*it's\.txt:3:three/);
	await use("edit_file", { path: "notes/it's.txt", oldText: "two", newText: "2 $(id) `id`" });
	expect(await use("read_file", { path: "notes/it's.txt" })).toContain("2 $(id) `id`");
});

test.each([
	["read_file", { path: "../../etc/passwd" }],
	["read_file", { path: "/etc/passwd" }],
	["read_file", { path: "out" }],
	["write_file", { path: "out", content: "x" }],
	["write_file", { path: "../x", content: "x" }],
	["list_files", { path: ".." }],
	["git", { action: "status", folder: ".." }],
] as const)("%s keeps to the workspace: %j", async (tool, input) => {
	await use("shell", { command: "ln -sf /etc/passwd out" });
	await expect(use(tool, input)).rejects.toThrow(/out of the workspace/);
});

test("an edit of a text that is not there, or there twice, changes nothing", async () => {
	await use("write_file", { path: "twice", content: "a a" });
	await expect(use("edit_file", { path: "twice", oldText: "a", newText: "b" })).rejects.toThrow("more than once");
	await expect(use("edit_file", { path: "twice", oldText: "c", newText: "b" })).rejects.toThrow("does not stand");
	expect(await use("read_file", { path: "twice" })).toContain("a a");
});

test("a failed command is a result with its exit code", async () => {
	expect(await use("shell", { command: "echo no; exit 3" })).toBe("no\n\nExit code 3.");
});

test("git shows and commits what was changed, and runs no hook of the repository", async () => {
	await use("shell", {
		command:
			"git init -q repo && cd repo && echo a > a && printf '#!/bin/sh\\ntouch ../hooked' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit",
	});
	expect(await use("git", { action: "status", folder: "repo" })).toContain("?? a");
	await use("git", { action: "commit", folder: "repo", message: "Add a" });
	expect(await use("git", { action: "log", folder: "repo" })).toContain("Add a");
	expect(await use("list_files", {})).not.toContain("hooked");
	await expect(use("git", { action: "diff", folder: "repo", ref: "--output=x" })).rejects.toThrow("dash");
});
