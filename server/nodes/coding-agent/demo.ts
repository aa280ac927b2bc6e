import { FatalError } from "@/server/errors";
import type { Json } from "@/server/plan/values/json";
import { type Edit, findEdits } from "./demo-edits";
import { runInDirectory } from "./run-in-directory";
import type { Drive, Job, JobEnd } from "./work";
import { subjectOf } from "./work-state";

const LABEL = "(Demo: made by rules, without a language model.)";
const MAX_TRIES = 60;
const TRY_SECONDS = 30;
const NOTES = "DEMO-NOTES.md";

/**
 * The demo agent, which needs no key: it runs the tests and tries small edits, in a copy, until they pass. Without tests
 * it leaves a note. The same files always get the same edit.
 */
export const driveDemo: Drive = async (job) => {
	const { recorder, config } = job;
	const said: number[] = [];
	const say = (text: string) => {
		said.push(1);
		recorder.add({ kind: "text", text });
	};
	const end = (state: JobEnd["state"], text: string): JobEnd => ({ state, text, turns: said.length });
	const usage = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 };
	recorder.add({
		kind: "usage",
		costKind: "reported",
		usage: { provider: "demo", model: "demo", ...usage, costUsd: 0, estimated: false },
	});
	const edit = config.testCommand ? await mend(job, say) : { path: NOTES, line: 0, before: "", after: noteOf(job) };
	if (typeof edit === "string") {
		say(edit);
		return end("done", edit);
	}
	const input = { ...edit };
	if (config.permissions === "plan") {
		const plan = `I would change line ${edit.line} of ${edit.path} to: ${edit.after.trim()}\n${LABEL}`;
		say(plan);
		return end("done", plan);
	}
	const leave = config.permissions === "ask" ? askFor(job, "edit_file", input) : "allowed";
	if (leave === "asked") return end("asked", "It waits until somebody allows the edit.");
	if (leave === "refused") {
		const text = `The edit was refused, so I leave everything as it is.\n${LABEL}`;
		say(text);
		return end("done", text);
	}
	await call(job, { name: "edit_file", input }, () => write(job, edit));
	if (config.testCommand) await call(job, { name: "shell", input: { command: config.testCommand } }, () => test(job));
	const done = `I changed ${edit.path}: ${edit.after.trim().split("\n")[0]}\n${LABEL}`;
	say(done);
	return end("done", done);
};

function noteOf({ task }: Job): string {
	return `# Notes of the demo agent\n\nIt was asked:\n\n${task
		.split("\n")
		.map((line) => `> ${line}`)
		.join("\n")}\n`;
}

/** The edit after which the tests pass; else what to say. */
async function mend(job: Job, say: (text: string) => void): Promise<Edit | string> {
	say("I run the tests.");
	const { testCommand: command = "" } = job.config;
	const before = await call(job, { name: "shell", input: { command } }, () => test(job));
	if (before.ok) return `The tests pass already: there is nothing to mend.\n${LABEL}`;
	say("They fail. I try small edits, one after the other, in a copy.");
	const edits = (await findEdits(job, before.text)).slice(0, MAX_TRIES);
	for (const [index, edit] of edits.entries()) {
		if (!(await passesIn(job, edit))) continue;
		say(`The ${index + 1}. of ${edits.length} makes them pass.`);
		return edit;
	}
	return `I tried ${edits.length} small edits, and the tests pass with none of them. A real agent may find one.\n${LABEL}`;
}

interface Called {
	ok: boolean;
	text: string;
}

async function call(
	job: Job,
	{ name, input }: { name: string; input: Json },
	work: () => Promise<Called>,
): Promise<Called> {
	job.signal.throwIfAborted();
	const id = crypto.randomUUID();
	job.recorder.add({ kind: "call", id, name, input });
	const result = await work();
	const { text } = result;
	job.recorder.add({ kind: "result", id, state: result.ok ? "ok" : "failed", text, characters: text.length });
	return result;
}

async function test(job: Job): Promise<Called> {
	const script = job.config.testCommand ?? "";
	const { exitCode, text } = await runInDirectory(job, { script, env: job.context.env, seconds: TRY_SECONDS });
	return { ok: exitCode === 0, text: `${text}\nExit code ${exitCode}.`.trim() };
}

/** Puts the new line into its place: the first argument is the folder. */
const REPLACE =
	'awk -v at="$2" \'NR == at { while ((getline line < ENVIRON["NEW"]) > 0) print line; next } { print }\' "$1" >"$TMPDIR/new" && cat "$TMPDIR/new" >"$1"';

async function passesIn(job: Job, { path, line, after }: Edit): Promise<boolean> {
	const script = `export NEW="$WEFT_COMMAND_FILES/after"; cp -R -- . "$TMPDIR/copy" && cd "$TMPDIR/copy" || exit\n${REPLACE} || exit\n${job.config.testCommand ?? ""}`;
	const { exitCode } = await runInDirectory(job, {
		...{ script, args: [path, String(line)], files: { after: `${after}\n` } },
		...{ env: job.context.env, seconds: TRY_SECONDS },
	});
	return exitCode === 0;
}

async function write(job: Job, { path, line, after }: Edit): Promise<Called> {
	const script = line === 0 ? 'cat "$NEW" >"$1"' : REPLACE;
	const result = await runInDirectory(job, {
		...{ script: `export NEW="$WEFT_COMMAND_FILES/after"; ${script}`, args: [path, String(line)] },
		files: { after: `${after}\n` },
	});
	if (result.exitCode !== 0) throw new FatalError(`The demo agent could not write ${path}: ${result.text}`);
	return { ok: true, text: `Wrote ${path}.` };
}

function askFor({ recorder }: Job, name: string, input: Json): "allowed" | "refused" | "asked" {
	const known = recorder.state.decisions.get(subjectOf({ name, input }));
	if (known !== undefined) return known.allowed ? "allowed" : "refused";
	recorder.add({ kind: "permission", id: crypto.randomUUID(), name, input });
	return "asked";
}
