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

test.each([".git/config", "a/.GIT/config", "notes/../.git/hooks/x", "settings/config", ".git"])(
	"no file of git's own is written or edited: %s",
	async (path) => {
		await use("shell", { command: "mkdir -p .git notes && ln -sfn .git settings" });
		await expect(use("write_file", { path, content: "x" })).rejects.toThrow("git's own");
		await expect(use("edit_file", { path, oldText: "a", newText: "b" })).rejects.toThrow("git's own");
		await use("shell", { command: "rm -rf .git settings" });
	},
);

test("git starts no program that a repository, or one inside of it, names in its settings", async () => {
	expect(await use("shell", { command: HOSTILE })).not.toContain("Exit code");
	const folder = "hostile";
	expect(await use("git", { action: "status", folder })).toContain("M a");
	expect(await use("git", { action: "diff", folder })).toContain("+changed");
	await use("git", { action: "commit", folder, message: "Change" });
	expect(await use("git", { action: "log", folder })).toContain("Change");
	expect(await use("git", { action: "show", folder })).toContain("+changed");
	await expect(use("git", { action: "log", folder: "hostile/bare" })).rejects.toThrow(/bare/);
	expect(await use("list_files", {})).not.toContain("ran-");
	// Git by itself would have started them.
	await use("shell", { command: "cd hostile && echo again >> a && git diff; git status" });
	expect(await use("list_files", {})).toContain("ran-");
});

/** A repository with programs for each occasion in its settings, with a signed commit, a repository inside, and a bare one. */
const HOSTILE = `
exec 2>&1
set -e
export HOME=/nowhere GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
evil="$PWD/evil"
printf '#!/bin/sh\ntouch "%s/ran-$$"\ncat\n' "$PWD" >evil
chmod +x evil
git init -q hostile
cd hostile
git init -q inner
echo b >inner/b
echo '* filter=x y' >inner/.gitattributes
git -C inner add -A
git -C inner commit -qm inner
echo a >a
echo '* filter=x diff=evil' >.gitattributes
git add -A
git commit -qm Begin
signed=$(git cat-file commit HEAD | sed '/^committer/a gpgsig -----BEGIN PGP SIGNATURE-----\\n \\n abc\\n -----END PGP SIGNATURE-----' | git hash-object -t commit -w --stdin)
git reset -q --soft "$signed"
git init -q --bare bare
for where in . inner bare; do
	git -C $where config filter.x.clean "$evil"
	git -C $where config filter.x.required true
	git -C $where config "filter.x y.process" "$evil"
	git -C $where config diff.external "$evil"
	git -C $where config diff.evil.textconv "$evil"
	git -C $where config core.fsmonitor "$evil"
	git -C $where config log.showSignature true
	git -C $where config format.pretty "%G? %s"
	git -C $where config gpg.program "$evil"
	git -C $where config commit.gpgSign true
done
echo changed >>a
echo changed >>inner/b
mkdir ../elsewhere
echo secret >../elsewhere/stolen
git config core.worktree "$PWD/../elsewhere"
`;

test("a commit waits for leave, and a look does not", () => {
	const config = agentDefinition.config.parse({ prompt: "p" });
	const bind = (input: JsonObject) => allTools.git.bind(input, { config, context: createTestContext({ workspace }) });
	expect(bind({ action: "commit", message: "m" })).toMatchObject({ isDangerous: true });
	expect(bind({ action: "show" })).toMatchObject({ isDangerous: false });
});

test("without a sandbox, shell and git say before all else that they cannot be cut off from the network", async () => {
	const open = await createLocalRunner({ directory, workerId: "w", sandbox: "off" }).acquire("open");
	const context = createTestContext({ workspace: open });
	for (const name of ["shell", "git"] as const) {
		const config = agentDefinition.config.parse({ prompt: "p" });
		expect(await allTools[name].lacks({ config, context })).toContain("Turn the step's network on");
		expect(await allTools[name].lacks({ config: { ...config, network: "on" }, context })).toBeUndefined();
	}
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
