import { expect, test } from "vitest";
import { shell, testPlan } from "@/server/plan/test-plan";
import { readOutput, startPlan, untilRun } from "./test-runs";
import { setUpWorker } from "./test-worker";

const { database } = await setUpWorker({ secrets: { TOKEN: "hunter2-hunter2" } });

const output = (fields: object) => ({ id: "answer", type: "output", name: "Answer", config: { fields } });

test("the steps after an error port see what the failed program printed, and how it ended", async () => {
	const runId = await startPlan(
		database,
		testPlan(
			[
				shell("build", "echo half; echo broken: {{ secrets.TOKEN }} >&2; exit 7", { onFailure: "branch" }),
				output({
					text: "{{ steps.build.output.stdout }}{{ steps.build.output.error.message }}",
					code: "{{ steps.build.output.exitCode }}",
				}),
			],
			["build.error -> answer"],
		),
	);
	const { phase } = await untilRun(database, runId);
	expect(phase).toMatchObject({ status: "completed", output: { text: "half\nexit 7: broken: •••", code: 7 } });
	expect(await readOutput(database, runId, "build")).toMatchObject({ stderr: "broken: •••\n" });
});

const LONG = 'seq -f "item-%06g-abcdefghijklm" 1 60000';

test.each([
	[shell("next", "echo {{ steps.list.output.stdout }}")],
	[
		{
			id: "next",
			type: "transform",
			name: "next",
			config: { code: "return 1", input: { all: "{{ steps.list.output.stdout }}" } },
		},
	],
	[{ id: "next", type: "condition", name: "next", config: { when: "steps.list.output.stdout != ''" } }],
	[{ id: "next", type: "for-each", name: "next", config: { items: "{{ steps.list.output.stdout }}" } }],
])("what is too long to be handed on never arrives in part: %j", async (next) => {
	const runId = await startPlan(
		database,
		testPlan(
			[shell("list", LONG), next, ...(next.type === "for-each" ? [shell("body", "true", { parent: "next" })] : [])],
			["list -> next"],
		),
	);
	const { phase } = await untilRun(database, runId);
	expect(phase).toMatchObject({
		status: "failed",
		nodeId: "next",
		error: { message: expect.stringMatching(/steps\.list\.output\.stdout is cut: it has 1\.6 MB, .*list\.stdout/) },
	});
});

test("the whole of a long output can be read by a later step", async () => {
	const runId = await startPlan(
		database,
		testPlan(
			[
				shell("list", LONG),
				shell("count", "wc -l < {{ steps.list.output.truncated.stdout.file }}"),
				output({ lines: "{{ steps.count.output.stdout }}" }),
			],
			["list -> count", "count -> answer"],
		),
	);
	expect((await untilRun(database, runId)).phase).toMatchObject({ status: "completed", output: { lines: "60000\n" } });
});
