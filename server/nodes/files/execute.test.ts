import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { FatalError } from "../../errors";
import { createLocalRunner } from "../../runners/local-runner";
import type { Workspace } from "../../runners/runner";
import { createTestContext } from "../test-context";
import { filesDefinition } from "./definition";
import { executeFiles } from "./execute";

const root = await mkdtemp(join(tmpdir(), "weft-files-step-"));
const runner = createLocalRunner({ directory: root, workerId: "test" });
let workspace: Workspace;
let count = 0;
beforeEach(async () => {
	workspace = await runner.acquire(`run-${count++}`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

type Config = z.input<typeof filesDefinition.config>;
type Options = Parameters<typeof createTestContext>[0];

async function run(config: Config, options: Options = {}) {
	const context = createTestContext({ workspace, ...options });
	const { output } = await executeFiles(filesDefinition.config.parse(config), context);
	const shape = filesDefinition.outputOf?.(config) ?? filesDefinition.output;
	expect(shape.parse(output)).toEqual(output);
	return { output: z.looseObject({}).parse(output), artifacts: context.effects.artifacts };
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

const write = (path: string, content: Config["content"], more: Partial<Config> = {}) =>
	run({ action: "write", path, content, ...more });

describe("reading and writing", () => {
	test("text and JSON come back as they were written, in folders that are made", async () => {
		expect((await write("a/b/note.txt", "ünï\n")).output).toEqual({ path: "a/b/note.txt", bytes: 6, existed: false });
		expect((await run({ path: "a/b/note.txt" })).output).toMatchObject({ content: "ünï\n", artifact: null, bytes: 6 });
		await write("-rf `id`.json", { big: [1, null] }, { contentType: "json" });
		expect((await run({ path: "-rf `id`.json", readAs: "json" })).output.content).toEqual({ big: [1, null] });
		expect((await write("a/b/note.txt", "")).output).toMatchObject({ bytes: 0, existed: true });
		expect((await write("empty.txt", undefined)).output).toMatchObject({ bytes: 0, existed: false });
		expect((await run({ path: "a/b/note.txt" })).output.content).toBe("");
		expect(await sh("ls -A . a/b")).not.toContain(".weft");
	});

	test("what is binary or large is handed on as a file of the run, and written from one", async () => {
		await sh("printf 'a\\0b' > small.bin; head -c 1000001 /dev/zero | tr '\\0' x > large.txt");
		const small = await run({ path: "small.bin" });
		expect(small.output).toMatchObject({ content: null, artifact: { name: "small.bin", size: 3 }, bytes: 3 });
		expect((await run({ path: "large.txt" })).output).toMatchObject({ content: null, artifact: { size: 1_000_001 } });
		const files = { one: { name: "x/in.txt", content: "from a step" } };
		const handed = { action: "write", path: "got.txt", contentType: "file", content: { id: "one" } } as const;
		expect((await run(handed, { files })).output.bytes).toBe(11);
		expect(await sh("cat got.txt")).toBe("from a step");
	});

	test("what cannot be done is refused for good, with the next step", async () => {
		await sh("mkdir folder; mkfifo pipe; printf '\\377' > bin; printf '{' > no.json; truncate -s 1000001 large.txt");
		const failures: [Config, string][] = [
			[{ path: "missing.txt" }, "There is no “missing.txt” in the workspace."],
			[{ path: "folder" }, "“folder” is a folder. List it, or name a file in it."],
			[{ path: "pipe" }, "“pipe” is no plain file."],
			[{ path: "large.txt", readAs: "text" }, "“large.txt” is larger than 1 MB. Read it as a file of the run."],
			[{ path: "bin", readAs: "text" }, "“bin” is binary. Read it as a file of the run."],
			[{ path: "no.json", readAs: "json" }, "“no.json” is no JSON"],
			[{ path: "no.json/x" }, "“no.json” is no folder"],
			[{ action: "write", path: "folder", content: "x" }, "There is something at “folder” that is no file."],
			[{ action: "write", path: "no.json", content: "other", ifExists: "fail" }, "something at “no.json” already"],
			[{ action: "write", path: "a", content: "x".repeat(10_000_001) }, "larger than 10 MB"],
			[{ action: "delete", path: "./" }, "The workspace itself stays as it is"],
			[{ action: "move", path: "folder", to: "folder/in/it" }, "cannot be moved into itself"],
			[{ action: "copy", path: "folder", to: "folder/in" }, "cannot be copied into itself"],
		];
		const check = async ([config, message]: [Config, string]) => {
			const failure = run(config);
			await expect(failure).rejects.toThrow(FatalError);
			await expect(failure).rejects.toThrow(message);
		};
		await Promise.all(failures.map(check));
	});

	test("the form wants what its action needs, and no path that leads out", () => {
		const fields = (config: unknown) =>
			filesDefinition.config.safeParse(config).error?.issues.map(({ path }) => path[0]);
		expect(fields({})).toEqual(["path"]);
		expect(fields({ action: "list" })).toBeUndefined();
		expect(fields({ action: "copy", path: "a" })).toEqual(["to"]);
		expect(fields({ action: "glob" })).toEqual(["patterns"]);
		expect(fields({ action: "write", path: "a" })).toBeUndefined();
		expect(fields({ action: "write", path: "a", contentType: "json" })).toEqual(["content"]);
		for (const path of ["/etc/passwd", "../x", "a/../../x", "a\0b"]) expect(fields({ path })).toEqual(["path"]);
	});
});

describe("finding", () => {
	const paths = (output: Record<string, unknown>) =>
		z
			.array(z.object({ path: z.string() }))
			.parse(output.files)
			.map(({ path }) => path);

	test("lists a folder, and those inside, without following links or looking into .git", async () => {
		await sh("mkdir -p src/deep .git/objects; touch src/a.ts src/deep/b.ts .git/config; ln -s /etc out; ln -s src in");
		const { output } = await run({ action: "list" });
		expect(output.files).toMatchObject([
			{ path: ".git", type: "folder" },
			{ path: "in", type: "link", bytes: 0 },
			{ path: "out", type: "link" },
			{ path: "src", type: "folder" },
		]);
		const all = await run({ action: "list", path: "src", recursive: true });
		expect(paths(all.output)).toEqual(["src/a.ts", "src/deep", "src/deep/b.ts"]);
		expect(paths((await run({ action: "list", path: "in" })).output)).toEqual(["in/a.ts", "in/deep"]);
	});

	test("finds files by patterns, also by hostile ones, and nothing where nothing fits", async () => {
		await sh(
			"mkdir -p a/b node_modules/x .git; touch top.md a/one.md a/b/two.md a/b/two.ts node_modules/x/r.md .git/z.md",
		);
		const glob = async (...patterns: string[]) => paths((await run({ action: "glob", patterns })).output);
		expect(await glob("*.md")).toEqual(["top.md"]);
		expect(await glob("**/*.md", "!node_modules/**")).toEqual(["a/b/two.md", "a/one.md", "top.md"]);
		expect(await glob("a/**")).toEqual(["a/b/two.md", "a/b/two.ts", "a/one.md"]);
		expect(await glob("a/*/two.??")).toEqual(["a/b/two.md", "a/b/two.ts"]);
		expect(await glob("**/.git/*")).toEqual([".git/z.md"]);
		expect(await glob(`${"*a".repeat(300)}b`, "(((")).toEqual([]);
		await expect(run({ action: "glob", patterns: ["**/x"], path: "gone" })).rejects.toThrow("no “gone”");
	});
});

describe("copying, moving and deleting", () => {
	test("copies a file and a whole folder, with their modes and links", async () => {
		await sh("mkdir -p a/b; echo 1 > a/one; echo 2 > a/b/two; chmod 755 a/one; ln -s one a/link");
		expect((await run({ action: "copy", path: "a/one", to: "x/y/one" })).output).toMatchObject({ files: 1, bytes: 2 });
		const folder = { action: "copy", path: "a", to: "c" } as const;
		expect((await run(folder)).output).toEqual({ path: "c", from: "a", files: 3, bytes: 4 });
		expect(await sh("cat c/b/two c/link; stat -c %a c/one; readlink c/link; cat x/y/one")).toBe("2\n1\n755\none\n1\n");
		expect((await run(folder)).output.files).toBe(3);
		await expect(run({ ...folder, ifExists: "fail" })).rejects.toThrow("something at “c” already");
	});

	test("moves once, however often it is tried, also when an earlier attempt was cut off half-way", async () => {
		await sh("mkdir a; echo 1 > a/one");
		const move = { action: "move", path: "a", to: "b/c" } as const;
		expect((await run(move)).output).toEqual({ path: "b/c", from: "a", existed: false });
		expect((await run(move, { attempt: 2 })).output.existed).toBe(true);
		await expect(run(move)).rejects.toThrow("There is no “a”");
		await sh("mv b/c a; mkdir taken; touch taken/x");
		await expect(run({ ...move, to: "taken" })).rejects.toThrow("something at “taken” already");
		expect(await sh("cat a/one; ls -A")).toBe("1\na\nb\ntaken\n");
	});

	test("deletes a folder and the links in it, never what they lead to, and says when there was nothing", async () => {
		await sh(
			"mkdir -p keep gone/deep; echo 1 > keep/one; ln -s ../keep gone/link; touch gone/deep/x; chmod 500 gone/deep",
		);
		expect((await run({ action: "delete", path: "gone" })).output).toEqual({ path: "gone", existed: true, files: 2 });
		expect((await run({ action: "delete", path: "gone/x" })).output).toMatchObject({ existed: false, files: 0 });
		expect(await sh("ls -A; cat keep/one")).toBe("keep\n1\n");
	});
});

test("a runner without Node.js is told with the command that installs it", async () => {
	const without: Workspace = {
		directory: "/w",
		exec: () => Promise.reject(Object.assign(new Error("none"), { code: "ENOENT" })),
	};
	await expect(run({ path: "a" }, { workspace: without })).rejects.toThrow("apt-get install nodejs");
});
