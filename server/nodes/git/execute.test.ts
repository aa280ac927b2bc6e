import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { FatalError, RetryableError } from "../../errors";
import { createResolveAllowed } from "../../http/resolve-allowed";
import { TEST_CERTIFICATE, TEST_KEY } from "../../http/test-certificate";
import { createLocalRunner } from "../../runners/local-runner";
import type { Workspace } from "../../runners/runner";
import { createTestContext } from "../test-context";
import { gitDefinition } from "./definition";
import { executeGit } from "./execute";
import { git, hasGit, startGitServer } from "./test-git-server";

type Config = z.input<typeof gitDefinition.config>;
type Options = Parameters<typeof createTestContext>[0];

describe.skipIf(!hasGit)(`a git step${hasGit ? "" : ": NOT TESTED HERE, there is no git"}`, () => {
	let root: string;
	let server: Awaited<ReturnType<typeof startGitServer>>;
	let runner: ReturnType<typeof createLocalRunner>;
	let workspace: Workspace;
	/** In which there is a clone. */
	let first: Workspace;
	let url: string;
	let count = 0;
	const signIn = { auth: "token", user: "ada", token: "s3cret-token" } as const;

	beforeAll(async () => {
		root = await mkdtemp(join(tmpdir(), "weft-git-"));
		runner = createLocalRunner({ directory: join(root, "runs"), workerId: "test" });
		const work = join(root, "work");
		await mkdir(work);
		git(work, "init", "-q");
		for (const name of ["one", "two", "three"]) {
			await writeFile(join(work, `${name}.txt`), `${name}\n`);
			git(work, "add", "-A");
			git(work, "commit", "-qm", `Add ${name}`);
		}
		git(work, "branch", "other", "HEAD~1");
		git(work, "tag", "v1", "HEAD~2");
		for (const place of ["acme", "public"]) git(root, "clone", "-q", "--bare", work, `served/${place}/site.git`);
		git(root, "init", "-q", "--bare", "served/acme/empty.git");
		server = await startGitServer(join(root, "served"));
		first = await runner.acquire("first");
		workspace = first;
		url = `http://git.test:${server.port}/acme/site.git`;
		await clone();
	});
	afterAll(async () => {
		server?.close();
		await rm(root, { recursive: true, force: true });
	});
	beforeEach(async () => {
		workspace = await runner.acquire(`run-${count++}`);
		// A name that only the step's own look-up knows: git connects to the address that was checked.
		url = `http://git.test:${server.port}/acme/site.git`;
		server.requests.length = 0;
	});

	async function run(config: Config, options: Options = {}) {
		const context = createTestContext({ workspace, resolve: async () => "127.0.0.1", ...options });
		const { output } = await executeGit(gitDefinition.config.parse(config), context);
		const shape = gitDefinition.outputOf?.(config) ?? gitDefinition.output;
		expect(shape.parse(output)).toEqual(output);
		return z.looseObject({}).parse(output);
	}

	async function sh(script: string): Promise<string> {
		let out = "";
		const { signal } = new AbortController();
		const onOutput = (_: string, text: string) => {
			out += text;
		};
		await workspace.exec(["sh", "-c", script], { env: {}, signal, onOutput });
		return out;
	}

	const clone = (more: Partial<Config> = {}) => run({ action: "clone", url, ...signIn, ...more });
	const copyClone = () => cp(join(first.directory, "repo"), join(workspace.directory, "repo"), { recursive: true });
	const served = (repository: string, ...args: string[]) => git(join(root, "served/acme", repository), ...args).trim();

	test("clones by a token that no file and no command line holds, and what a later clone finds is brought up to date", async () => {
		const main = served("site.git", "rev-parse", "main");
		const cloned = { folder: "repo", url, branch: "main", commit: main };
		expect(await clone({ depth: 1 })).toEqual({ ...cloned, existed: false });
		expect(await sh("ls repo; git -C repo log --oneline | wc -l; ls -A")).toBe(
			"one.txt\nthree.txt\ntwo.txt\n1\nrepo\n",
		);
		expect(await sh('grep -rF -e s3cret -e YWRhOnMzY3JldC10b2tlbg . "$HOME" || echo none')).toBe("none\n");
		expect(await clone()).toEqual({ ...cloned, existed: true });
		await expect(clone({ folder: "." })).rejects.toThrow("“.” is not empty, and no clone of acme/site");
		await expect(clone({ url: `${url.slice(0, -8)}empty.git` })).rejects.toThrow("a clone of another repository");
	});

	test("clones a branch, a tag, a commit, an empty repository and a public one", async () => {
		const v1 = served("site.git", "rev-parse", "v1");
		expect(await clone({ ref: "other", folder: "a/b" })).toMatchObject({ branch: "other", folder: "a/b" });
		expect(await clone({ ref: v1, folder: "commit", depth: 0 })).toMatchObject({ branch: null, commit: v1 });
		const empty = url.replace("site", "empty");
		expect(await clone({ url: empty, folder: "empty" })).toMatchObject({ branch: "main", commit: null });
		const open = await run({ action: "clone", url: url.replace("acme", "public"), folder: "open", ref: "v1" });
		expect(open).toMatchObject({ branch: null, commit: v1 });
		expect(server.requests.at(-1)?.authorization).toBeUndefined();
	});

	test("trusts the authorities that the administrator names beside those of the machine", async () => {
		const secure = await startGitServer(join(root, "served"), { cert: TEST_CERTIFICATE, key: TEST_KEY });
		const from = `https://127.0.0.1:${secure.port}/public/site.git`;
		const config = { action: "clone", url: from } as const;
		await expect(run(config)).rejects.toThrow();
		expect(await run(config, { authorities: TEST_CERTIFICATE })).toMatchObject({ branch: "main" });
		secure.close();
	});

	test("says which submodules and files of Git LFS it leaves out", async () => {
		const work = join(root, "parts");
		git(root, "clone", "-q", "served/acme/site.git", "parts");
		await writeFile(join(work, ".gitattributes"), "*.bin filter=lfs\n");
		await writeFile(join(work, "big.bin"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n");
		git(work, "-c", "filter.lfs.clean=cat", "add", "-A");
		git(work, "update-index", "--add", "--cacheinfo", `160000,${served("site.git", "rev-parse", "main")},vendor/lib`);
		git(work, "commit", "-qm", "Add parts");
		git(root, "clone", "-q", "--bare", work, "served/acme/parts.git");
		const context = createTestContext({ workspace, resolve: async () => "127.0.0.1" });
		const config = { action: "clone", url: url.replace("site", "parts"), ...signIn };
		await executeGit(gitDefinition.config.parse(config), context);
		expect(context.effects.logs.filter(({ level }) => level === "warn").map(({ text }) => text)).toEqual([
			"Submodules are not fetched, and their folders are empty: 1. Clone each in a step of its own.\n",
			"Files of Git LFS are pointers, and their contents are not fetched: 1.\n",
		]);
	});

	test("branches, commits, pushes, and does each once however often it is tried", async () => {
		await copyClone();
		const branch = { action: "ensure branch", branch: "weft/update" } as const;
		expect(await run(branch)).toMatchObject({ branch: "weft/update", created: true });
		expect(await run(branch)).toMatchObject({ created: false });
		const message = { action: "commit", message: "Update\n\nWith -m \"$(id)\" & 'quotes'\n" } as const;
		expect(await run(message)).toMatchObject({ committed: false, files: 0 });
		await sh("cd repo; echo 2 > ü.txt; rm one.txt; echo more >> two.txt; touch .git/index.lock");
		const committed = await run(message, { attempt: 2 });
		expect(committed).toMatchObject({ branch: "weft/update", committed: true, files: 3 });
		expect(await run(message)).toMatchObject({ committed: false, commit: committed.commit });
		await sh("rm repo/.git/index.lock");
		expect(await run({ action: "status" })).toMatchObject({ clean: true, branch: "weft/update" });
		expect(await run({ action: "current branch" })).toMatchObject({ branch: "weft/update", detached: false });
		expect(await run({ action: "current commit" })).toMatchObject({
			...{ commit: committed.commit, subject: "Update", message: "Update\n\nWith -m \"$(id)\" & 'quotes'" },
			author: { name: "Weft", email: "weft@localhost" },
		});
		const push = { action: "push", url, ...signIn } as const;
		expect(await run(push)).toMatchObject({ branch: "weft/update", pushed: true, created: true });
		expect(await run(push)).toMatchObject({ pushed: false, created: false, commit: committed.commit });
		expect(served("site.git", "rev-parse", "weft/update")).toBe(committed.commit);
		// Somebody else pushes: the branch is not overwritten unless that was seen.
		served("site.git", "update-ref", "refs/heads/weft/update", served("site.git", "rev-parse", "main"));
		await sh("cd repo; git reset -q --hard HEAD~1; echo 4 > four.txt");
		await run({ ...message, paths: ["four.txt"] });
		served("site.git", "update-ref", "refs/heads/weft/update", committed.commit as string);
		await expect(run(push)).rejects.toThrow("The branch has commits there that this clone does not have.");
		expect(await run({ ...push, force: true })).toMatchObject({ pushed: true });
	});

	test("ensures a branch that only the repository has, and one that begins at a base", async () => {
		await copyClone();
		const other = await run({ action: "ensure branch", branch: "other", url, ...signIn });
		expect(other).toMatchObject({ created: false, commit: served("site.git", "rev-parse", "other") });
		const fresh = await run({ action: "ensure branch", branch: "fresh", base: "main", url, ...signIn });
		expect(fresh).toMatchObject({ created: true, commit: served("site.git", "rev-parse", "main") });
		await expect(run({ action: "ensure branch", branch: "x", base: "gone" })).rejects.toThrow("has no gone to begin");
		await run({ action: "ensure branch", branch: "other" });
		await sh("cd repo; echo x > x; git -c user.name=A -c user.email=a@b commit -q --allow-empty -m x");
		expect(await run({ action: "status" })).toMatchObject({ ahead: 1, behind: 0, clean: false, count: 1 });
	});

	test("shows what has changed, and more than 500 kB of it as a file of the run", async () => {
		await copyClone();
		await sh(
			"cd repo; echo new > 'a b.txt'; rm one.txt; echo 2 >> two.txt; git mv three.txt 3.txt; printf '\\0' > bin",
		);
		expect((await run({ action: "status" })).files).toEqual([
			{ path: "3.txt", change: "renamed", staged: true },
			{ path: "one.txt", change: "deleted", staged: false },
			{ path: "two.txt", change: "modified", staged: false },
			{ path: "a b.txt", change: "untracked", staged: false },
			{ path: "bin", change: "untracked", staged: false },
		]);
		const changes = await run({ action: "diff" });
		expect(changes).toMatchObject({ count: 6, additions: 3, deletions: 2, artifact: null });
		expect(changes.files).toContainEqual({ path: "bin", additions: null, deletions: null });
		expect(changes.diff).toContain("+++ b/a b.txt");
		expect(await run({ action: "diff", base: "v1x" }).catch(String)).toContain("has no v1x to compare with");
		expect(await run({ action: "diff", paths: ["two.txt"] })).toMatchObject({ count: 1 });
		await sh("cd repo; seq 1 200000 > large");
		expect(await run({ action: "diff" })).toMatchObject({ diff: null, artifact: { name: "changes.diff" } });
		expect(await sh("cd repo; git status --porcelain | head -1")).toBe("R  three.txt -> 3.txt\n");
	});

	test("a size limit, a server that refuses, and a folder without a clone are told with the next step", async () => {
		await expect(clone({ ref: "gone" })).rejects.toThrow("acme/site has no branch or tag named gone.");
		const refused = clone({ token: "wrong" });
		await expect(refused).rejects.toThrow(FatalError);
		await expect(refused).rejects.toThrow("Choose a token that may read and write this repository");
		await expect(clone({ url: url.replace("site", "none") })).rejects.toThrow("There is no such repository");
		await expect(clone({ url: url.replace("acme", "moved") })).rejects.toThrow("leads on to another one");
		await expect(clone({ url: "http://git.test:1/a/b.git" })).rejects.toThrow(RetryableError);
		await expect(run({ action: "status" })).rejects.toThrow("There is no folder “repo” in the workspace.");
		await sh("mkdir plain; ln -s /tmp out");
		await expect(run({ action: "status", folder: "plain" })).rejects.toThrow("no clone of a repository");
		await expect(run({ action: "push", url, folder: "plain", ...signIn })).rejects.toThrow("no clone of a repository");
		await expect(run({ action: "status", folder: "out" })).rejects.toThrow("leads out of the workspace");
		const resolve = createResolveAllowed([]);
		const inside = run({ action: "clone", url: `http://127.0.0.1:${server.port}/public/site.git` }, { resolve });
		await expect(inside).rejects.toThrow("not a public address");
		const random = join(root, "served/acme/big.git");
		git(root, "init", "-q", "--bare", random);
		await sh("mkdir big; cd big; head -c 3000000 /dev/urandom > random");
		git(random, `--work-tree=${join(workspace.directory, "big")}`, "add", "-A");
		git(random, "-c", "core.bare=false", `--work-tree=${join(workspace.directory, "big")}`, "commit", "-qm", "Big");
		const big = { url: url.replace("site", "big"), folder: "large", maxMb: 1 };
		await expect(clone(big)).rejects.toThrow("larger than the step's size limit");
		await expect(clone({ ...big, maxMb: 5 })).rejects.toThrow("more than the step's limit of 5 MB");
		expect(await sh("ls -A")).not.toContain("large");
	});
});

test("a runner without git is told with the command that installs it", async () => {
	const result = { exitCode: 91, outputFile: "", overflow: {}, returnedFiles: {}, durationMs: 1 };
	const dropped = { droppedBytes: { stdout: 0, stderr: 0 }, droppedTail: { stdout: "", stderr: "" } };
	const workspace: Workspace = { directory: "/w/run", exec: async () => ({ ...result, ...dropped }) };
	const step = executeGit(gitDefinition.config.parse({ action: "status" }), createTestContext({ workspace }));
	await expect(step).rejects.toThrow("apt-get install git");
});

test.each<[unknown, string[] | undefined]>([
	[{}, ["url"]],
	[{ url: "--upload-pack=id" }, ["url"]],
	[{ url: "https://x.test/a", auth: "token" }, ["token"]],
	[{ url: "git@x.test:a", auth: "ssh" }, ["sshKey"]],
	[{ action: "ensure branch", branch: "-f" }, ["branch"]],
	[{ action: "ensure branch", branch: "a..b" }, ["branch"]],
	[{ action: "clone", url: "https://x.test/a", ref: "--exec=id" }, ["ref"]],
	[{ action: "clone", url: "https://x.test/a", folder: "../x" }, ["folder"]],
	[{ action: "commit", message: " " }, ["message"]],
	[{ action: "pull request", url: "https://github.com/a/b" }, ["token", "title"]],
	[{ action: "status" }, undefined],
])("the form wants what its action needs, and no options: %j", (config, fields) => {
	const { error } = gitDefinition.config.safeParse(config);
	expect(error?.issues.map(({ path }) => path[0])).toEqual(fields);
});
