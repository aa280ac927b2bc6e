import { afterAll, beforeAll, expect, test } from "vitest";
import { createLocalRunner } from "@/server/runners/local-runner";
import { createRunId } from "@/server/runners/test-run-id";
import { createTestWorkspace } from "./test-coding-agent";

let place: Awaited<ReturnType<typeof createTestWorkspace>>;
beforeAll(async () => {
	place = await createTestWorkspace((directory) =>
		createLocalRunner({ directory, workerId: "test" }).acquire(createRunId()),
	);
});
afterAll(() => place.dispose());

const TESTS = 'source ./price.sh; [ "$(total 5 3)" = 8 ] || { echo "price.sh: total is wrong"; exit 1; }';

async function writeShop(folder: string) {
	await place.write(`${folder}/price.sh`, "# Prices\ntotal() { echo $(($1 - $2)); }\n");
	await place.write(`${folder}/check.test.sh`, "echo $((1 - 1))\n");
}

test("the demo agent mends what the tests tell, and git tells what it has changed", async () => {
	await writeShop("shop");
	const agent = place.agent({ directory: "shop", success: ["diff", "tests"], testCommand: TESTS });
	const { end, context } = await agent.work();
	expect(end).toMatchObject({
		output: {
			outcome: { ok: true, rule: "diff, tests", reason: "1 file changed. The tests pass." },
			files: [{ path: "price.sh", status: "modified", added: 1, removed: 1 }],
			patch: expect.stringContaining("+total() { echo $(($1 + $2)); }"),
			diff: { name: "changes.diff" },
			tests: { exitCode: 0 },
			...{ costUsd: 0, costKind: "reported", agent: "demo", demo: true },
		},
	});
	const transcript = context.effects.artifacts.get("sessions/transcript.jsonl")?.trim().split("\n");
	expect(transcript?.map((line) => JSON.parse(line))).toEqual(agent.entries());
	expect(agent.events.filter(({ type }) => type === "agent.call")).toHaveLength(3);
});

test("an agent that asks waits for somebody, does what was allowed once, and is asked nothing twice", async () => {
	await writeShop("asking");
	const agent = place.agent({ directory: "asking", success: ["tests"], testCommand: TESTS, permissions: "ask" });
	const asking = (await agent.work()).end;
	expect(asking).toMatchObject({ ask: { by: "permission", message: expect.stringContaining("price.sh") } });
	// Its worker died before the question was recorded: it asks the same, and starts nothing.
	expect((await agent.work()).end).toEqual(asking);
	agent.answer("approved");
	expect((await agent.work()).end).toMatchObject({ output: { outcome: { ok: true }, denied: [] } });
	expect(agent.entries().filter(({ kind }) => kind === "started")).toHaveLength(2);
});

test("an agent whose work is done is not started again where the step was cut off before its end", async () => {
	await writeShop("cut");
	const agent = place.agent({ directory: "cut", success: ["tests"], testCommand: TESTS });
	agent.breakAt("outcome");
	await expect(agent.work()).rejects.toThrow("Another worker has taken this step over.");
	agent.breakAt(null);
	expect((await agent.work()).end).toMatchObject({ output: { outcome: { ok: true }, fileCount: 1 } });
	expect(agent.entries().filter(({ kind }) => kind === "started")).toHaveLength(1);
});

test("what is refused stays undone, and the step says so", async () => {
	await writeShop("refused");
	const agent = place.agent({ directory: "refused", permissions: "ask", success: ["tests"], testCommand: TESTS });
	await agent.work();
	agent.answer("declined", { note: "Not today" });
	await expect(agent.work()).rejects.toMatchObject({
		message: "The demo agent did not succeed. The tests fail with exit code 1.",
		output: { denied: [{ name: "edit_file" }], fileCount: 0, outcome: { ok: false } },
	});
	// Another attempt does not ask again.
	await expect(agent.work()).rejects.toThrow("did not succeed");
});

test("what changed is seen in repositories inside, in commits and beside ignored files, and hostile settings count for nothing", async () => {
	const { workspace } = place;
	const script = `mkdir nested && cd nested && git init -q . && git config user.name a && git config user.email a@b.c
		echo '* filter=bad' > .gitattributes && echo old > file && echo secret.txt > .gitignore
		git add . && git commit -qm one && mkdir -p deep/er && git init -q deep/er && echo old > deep/er/file && git config filter.bad.clean 'touch ../filtered; cat'`;
	const run = (text: string) =>
		workspace.exec(["bash", "-c", text], { env: {}, signal: new AbortController().signal, onOutput: () => {} });
	await run(script);
	await place.write("nested-demo.txt", "");
	const agent = place.agent({
		success: ["tests"],
		testCommand:
			"cd nested && echo new > file && echo x > secret.txt && { git -c filter.bad.clean=cat commit -qam two || true; echo later > more; printf 'caf\\351' > latin; echo new > deep/er/file; }",
	});
	const { end } = await agent.work();
	expect(end).toMatchObject({
		output: {
			files: [
				{ path: "nested/deep/er/file", status: "modified", added: 1, removed: 1 },
				{ path: "nested/file", status: "modified", added: 1, removed: 1 },
				{ path: "nested/latin", status: "added", added: 1, removed: 0 },
				{ path: "nested/more", status: "added", added: 1, removed: 0 },
			],
			// As text, what is no UTF-8 would be another patch.
			...{ patch: null, diff: { name: "changes.diff" } },
		},
	});
});

test("an agent with a clone of its own leaves what was cloned as it is", async () => {
	await writeShop("shared");
	const git = "git -c user.name=Ada -c user.email=ada@example.com";
	await run(`cd shared && git init -q && git add -A && ${git} commit -qm One && echo later > later.txt`);
	const ask = { cloneOf: "shared", directory: "own", success: ["tests"], testCommand: TESTS };
	expect((await place.agent(ask).work()).end).toMatchObject({ output: { files: [{ path: "price.sh" }] } });
	expect(await run("cd shared && git status --short; ls ../own")).toBe("?? later.txt\ncheck.test.sh\nprice.sh\n");
	const gone = place.agent({ ...ask, cloneOf: "nowhere", directory: "other" }).work();
	await expect(gone).rejects.toThrow("There is no folder “nowhere” in the workspace.");
	await expect(place.agent({ ...ask, directory: "../out" }).work()).rejects.toThrow("outside of the workspace");
});

async function run(command: string): Promise<string> {
	let printed = "";
	const onOutput = (_: string, text: string) => {
		printed += text;
	};
	await place.workspace.exec(["sh", "-c", command], { env: {}, signal: AbortSignal.timeout(30_000), onOutput });
	return printed;
}
