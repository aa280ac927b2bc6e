import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { startTestServer } from "../../http/test-server";
import { createLocalRunner } from "../../runners/local-runner";
import type { Workspace } from "../../runners/runner";
import { createTestContext } from "../test-context";
import { gitDefinition } from "./definition";
import { executeGit } from "./execute";
import { git, hasGit, startGitServer } from "./test-git-server";

type Config = z.input<typeof gitDefinition.config>;

describe.skipIf(!hasGit)(`a repository that means harm${hasGit ? "" : ": NOT TESTED HERE, there is no git"}`, () => {
	const evil = startTestServer((_, response) => response.writeHead(500).end());
	let root: string;
	let server: Awaited<ReturnType<typeof startGitServer>>;
	let workspace: Workspace;
	let url: string;
	beforeAll(async () => {
		root = await mkdtemp(join(tmpdir(), "weft-hostile-"));
		const work = join(root, "work");
		await mkdir(work);
		git(work, "init", "-q");
		await writeFile(join(work, "a.txt"), "a\n");
		await writeFile(join(work, ".gitattributes"), "* filter=lfs diff=evil\n");
		await writeFile(join(work, ".gitmodules"), `[submodule "s"]\n\tpath = s\n\turl = ${(await evil).origin}/s.git\n`);
		git(work, "add", "-A");
		git(work, "update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},s`);
		git(work, "commit", "-qm", "Begin");
		git(root, "clone", "-q", "--bare", work, "served/acme/site.git");
		server = await startGitServer(join(root, "served"));
		url = `http://127.0.0.1:${server.port}/acme/site.git`;
		workspace = await createLocalRunner({ directory: join(root, "runs"), workerId: "test" }).acquire("run-1");
	});
	afterAll(async () => {
		server?.close();
		await (await evil).close();
		await rm(root, { recursive: true, force: true });
	});

	async function run(config: Config) {
		const context = createTestContext({ workspace, resolve: async (host) => host });
		const { output } = await executeGit(gitDefinition.config.parse(config), context);
		return z.looseObject({}).parse(output);
	}

	it("starts no program of its own and gets no credential, whatever its settings say", async () => {
		const signIn = { url, auth: "token", user: "ada", token: "s3cret-token" } as const;
		await run({ action: "clone", ...signIn });
		const repo = join(workspace.directory, "repo");
		const marks = join(workspace.directory, "marks");
		await mkdir(marks);
		// What a step before might have left there: a program for each occasion that says it ran, and all addresses bent.
		const program = join(repo, ".git/evil");
		await writeFile(program, `#!/bin/sh\nenv > ${marks}/$(basename "$0").$$\n`);
		await chmod(program, 0o755);
		await mkdir(join(repo, ".git/hooks"));
		for (const hook of [
			"pre-commit",
			"commit-msg",
			"post-commit",
			"post-checkout",
			"pre-push",
			"reference-transaction",
		]) {
			await writeFile(join(repo, ".git/hooks", hook), `#!/bin/sh\nexec ${program}\n`);
			await chmod(join(repo, ".git/hooks", hook), 0o755);
		}
		const elsewhere = (await evil).origin;
		const settings: [string, string][] = [
			["core.fsmonitor", program],
			["core.sshCommand", program],
			["core.askPass", program],
			["core.editor", program],
			["credential.helper", `!${program}`],
			["diff.external", program],
			["diff.evil.textconv", program],
			["filter.lfs.clean", program],
			["filter.lfs.process", program],
			["filter.other.process", program],
			["filter.other.required", "true"],
			["commit.gpgSign", "true"],
			["gpg.program", program],
			["http.proxy", elsewhere],
			[`url.${elsewhere}/.insteadOf`, `http://127.0.0.1:${server.port}/`],
			[`url.${elsewhere}/.pushInsteadOf`, `http://127.0.0.1:${server.port}/`],
			["remote.origin.url", `${elsewhere}/x.git`],
			["remote.origin.uploadpack", program],
			["remote.origin.receivepack", program],
		];
		for (const [name, value] of settings) git(repo, "config", name, value);
		await writeFile(join(repo, ".gitattributes"), "* filter=lfs diff=evil\nb.txt filter=other\n");
		await writeFile(join(repo, "a.txt"), "changed\n");
		await writeFile(join(repo, "b.txt"), "new\n");
		await run({ action: "status" });
		await run({ action: "diff" });
		await run({ action: "ensure branch", branch: "mine" });
		expect(await run({ action: "commit", message: "Change" })).toMatchObject({ committed: true });
		await run({ action: "ensure branch", branch: "main", ...signIn });
		expect(await run({ action: "push", branch: "mine", ...signIn })).toMatchObject({ pushed: true, created: true });
		expect(git(join(root, "served/acme/site.git"), "log", "-1", "--format=%s", "mine")).toBe("Change\n");
		expect(await readdir(marks)).toEqual([]);
		expect((await evil).requests).toEqual([]);
		expect(await readdir(join(repo, "s"))).toEqual([]);
		// Git by itself, as in a shell step, would have started them.
		const { signal } = new AbortController();
		await workspace.exec(["git", "-C", "repo", "status"], { env: {}, signal, onOutput: () => {} });
		expect(await readdir(marks)).not.toEqual([]);
	});

	it.each([
		"ext::sh -c id",
		"file:///etc",
		"/etc/passwd",
		"ssh://-oProxyCommand=id/x",
		"git@-oProxyCommand=id:x",
		"https://ada:secret@example.com/a.git",
	])("an address of another kind is refused: %s", async (address) => {
		await expect(run({ action: "clone", url: address, folder: "x" })).rejects.toThrow(/[Aa]ddress/);
	});

	it("an SSH key is handed to ssh in a file of its own that others may not read, with the server's key checked", async () => {
		// In the place of ssh: it tells what it was given, and serves the repository.
		const bin = join(workspace.directory, "bin");
		await mkdir(bin);
		const told = join(workspace.directory, "told");
		const served = join(workspace.directory, "bare.git");
		git(root, "clone", "-q", "--bare", join(root, "work"), served);
		const ssh = `#!/bin/sh
for word; do case "$last" in -i) stat -c %a "$word"; cat "$word";; esac; last=$word; echo "$word"; done >${told}
"$SSH_ASKPASS" >>${told}; grep -h example.com "$TMPDIR/known_hosts" >>${told}
exec git upload-pack ${served}
`;
		await writeFile(join(bin, "ssh"), ssh);
		await chmod(join(bin, "ssh"), 0o755);
		const within: Workspace = {
			...workspace,
			exec: (command, options) =>
				workspace.exec(command, { ...options, env: { ...options.env, PATH: `${bin}:/usr/local/bin:/usr/bin:/bin` } }),
		};
		const config = gitDefinition.config.parse({
			...{ url: "ssh://git@example.com:2222/acme/site.git", auth: "ssh", folder: "by-ssh" },
			...{ sshKey: "-----KEY-----\r\nabc\r\n-----END-----", passphrase: "open 'sesame'" },
			knownHosts: "[example.com]:2222 ssh-ed25519 AAAA",
		});
		const context = createTestContext({ workspace: within, resolve: async () => "192.0.2.7" });
		expect((await executeGit(config, context)).output).toMatchObject({ branch: "main", folder: "by-ssh" });

		const words = await readFile(told, "utf8");
		expect(words).toContain("600\n-----KEY-----\nabc\n-----END-----\n");
		expect(words).toContain("HostName=192.0.2.7\n");
		expect(words).toContain("HostKeyAlias=[example.com]:2222\n");
		expect(words).toContain("StrictHostKeyChecking=yes\n");
		expect(words).toContain("open 'sesame'\n[example.com]:2222 ssh-ed25519 AAAA\n");
		const left = await readdir(join(workspace.directory, "by-ssh"), { recursive: true });
		expect(left.filter((name) => /key|known_hosts|askpass/.test(name))).toEqual([]);
	});
});
