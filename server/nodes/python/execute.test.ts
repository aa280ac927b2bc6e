import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonObject } from "@/server/plan/values/json";
import { createRunId } from "@/server/runners/test-run-id";
import { FatalError, RetryableError } from "../../errors";
import { createLocalRunner } from "../../runners/local-runner";
import type { Runner, Workspace } from "../../runners/runner";
import { createTestContext } from "../test-context";
import { pythonDefinition } from "./definition";
import { executePython } from "./execute";

const RUN = createRunId();

let root: string;
let runner: Runner;
let workspace: Workspace;
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "weft-python-step-"));
	runner = createLocalRunner({ directory: root, workerId: "test" });
	workspace = await runner.acquire(RUN);
});
afterAll(async () => {
	await runner.release(RUN);
	await rm(root, { recursive: true, force: true });
});

function start(code: string, input: JsonObject = {}) {
	const context = createTestContext({ workspace });
	return { context, done: executePython(z.parse(pythonDefinition.config, { code, input }), context) };
}

async function failureOf(code: string): Promise<unknown> {
	return start(code).done.then(
		() => "succeeded",
		(error: unknown) => error,
	);
}

describe("a Python step", () => {
	it("reads its input as a dict and puts out what it sets in output", async () => {
		const { done } = start("output = {'sum': sum(input['prices']), 'name': input['name']}", {
			prices: [1, 2.5],
			name: 'é"\n$(x)',
		});
		const values = { sum: 3.5, name: 'é"\n$(x)' };
		expect((await done).output).toEqual({ ...values, exitCode: 0, stdout: "", stderr: "" });
	});

	it("hands long integers on digit for digit", async () => {
		const { done } = start("output = {'id': 12345678901234567890, 'n': [2 ** 53 - 1, 2 ** 53 + 1]}");
		const values = { id: "12345678901234567890", n: [2 ** 53 - 1, "9007199254740993"] };
		expect((await done).output).toMatchObject(values);
	});

	it("takes an input of any size", async () => {
		const { done } = start("output = {'length': len(input['text'])}", { text: "x".repeat(1_000_000) });
		expect((await done).output).toMatchObject({ length: 1_000_000 });
	});

	it("logs what it prints", async () => {
		const { context, done } = start("import sys\nprint('hé')\nprint('warning', file=sys.stderr)");
		expect((await done).output).toMatchObject({ stdout: "hé\n", stderr: "warning\n" });
		const logged = (wanted: string) =>
			context.effects.logs.flatMap(({ level, text }) => (level === wanted ? [text] : [])).join("");
		expect(logged("stdout")).toBe("hé\n");
		expect(logged("stderr")).toBe("warning\n");
	});

	it("hands values on through $WEFT_OUTPUT too, and after sys.exit()", async () => {
		const code = "import os, sys\nopen(os.environ['WEFT_OUTPUT'], 'a').write('a=1')\noutput = {'b': 2}\nsys.exit()";
		expect((await start(code).done).output).toMatchObject({ a: "1", b: 2 });
	});

	it("runs as the main module, in the workspace, where it may import its own files", async () => {
		const code = `import os, sys, dataclasses, pickle
open('helper_module.py', 'w').write('answer = 42')
import helper_module
@dataclasses.dataclass
class Point:
    x: int
again = pickle.loads(pickle.dumps(Point(1)))
output = {'answer': helper_module.answer, 'main': __name__, 'x': again.x, 'cwd': os.getcwd()}`;
		expect((await start(code).done).output).toMatchObject({
			answer: 42,
			main: "__main__",
			x: 1,
			cwd: workspace.directory,
		});
	});

	it("fails with a traceback of its own lines", async () => {
		const failure = await failureOf("def divide(x):\n    return 1 / x\n\ndivide(0)");
		expect(failure).toBeInstanceOf(RetryableError);
		expect(failure).toMatchObject({ message: "exit 1: ZeroDivisionError: division by zero" });
		const { detail } = z
			.object({ cause: z.instanceof(Error) })
			.transform(({ cause }) => ({ detail: cause.message }))
			.parse(failure);
		expect(detail).toMatch(/^Traceback.*\n {2}File "step.py", line 4, in <module>\n {4}divide\(0\)\n/);
		expect(detail).not.toContain("<string>");
	});

	it.each([
		["x = (\ny = 1", /^exit 1: SyntaxError: '\(' was never closed$/],
		["import sys; sys.exit('not today')", /^exit 1: not today$/],
		["import sys; sys.exit(9)", /^exit 9$/],
		["output = [1]", /^exit 1: output is a list; set it to a dict/],
		["output = {'a': {1}}", /^exit 1: output cannot be handed on: .*set is not JSON serializable$/],
		["output = {'a': float('nan')}", /^exit 1: output cannot be handed on: /],
		["raise KeyboardInterrupt", /^exit 1: KeyboardInterrupt$/],
		["raise ValueError('first\\nsecond')", /^exit 1: ValueError: first\nsecond$/],
	])("says what is wrong: %s", async (code, message) => {
		expect(await failureOf(code)).toMatchObject({ message: expect.stringMatching(message) });
	});

	it("refuses the names that every step has", async () => {
		const failure = await failureOf("output = {'stdout': 'mine'}");
		expect(failure).toBeInstanceOf(FatalError);
		expect(failure).toMatchObject({ message: expect.stringContaining("“stdout”") });
	});

	it("says how to install Python where there is none", async () => {
		const missing = Object.assign(new Error("python3 is not installed"), { code: "ENOENT" });
		const context = createTestContext({ workspace: { directory: "/", exec: () => Promise.reject(missing) } });
		const done = executePython(z.parse(pythonDefinition.config, { code: "1" }), context);
		await expect(done).rejects.toThrow(FatalError);
		await expect(done).rejects.toThrow(/python3 was not found.*apt-get install python3/);
	});
});
