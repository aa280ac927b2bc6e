import { SANDBOX_GLOBALS } from "./sandbox-globals";
import { SANDBOX_HOST } from "./sandbox-host";

/**
 * The program of a sandbox's worker thread. It is kept as text because a thread needs an entry of its own, and this
 * one is the same whether the code around it runs from source, from a bundle or in a test.
 *
 * Each job gets a WebAssembly instance of its own, so that nothing is left of one job for the next. What the code
 * sees: `input`, `console`, and what `sandbox-globals.ts` adds. It has no clock but Date, no network, no files and no
 * module loader.
 *
 * Receives a `SandboxJob`; posts `{started}`, `{log: [level, text]}` any number of times, then `{done: SandboxOutcome}`.
 */
export const SANDBOX_WORKER = `
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { parentPort, workerData } = require("node:worker_threads");
const { newQuickJSWASMModule, newVariant, RELEASE_SYNC } = require(workerData.quickjs);

// Compiled once a thread; each job makes an instance of its own of it.
const wasmFile = createRequire(workerData.quickjs).resolve("@jitl/quickjs-wasmfile-release-sync/wasm");
const wasmModule = new WebAssembly.Module(readFileSync(wasmFile));

${SANDBOX_HOST}
const GLOBALS = ${JSON.stringify(SANDBOX_GLOBALS)};

const MAX_LOG_CHARACTERS = 1000000;
const MAX_LOG_LINES = 10000;
const STACK_BYTES = 256000;
const PAGE_BYTES = 65536;
// What QuickJS itself starts with. Its own memory limit does not count large values; the maximum of its instance does.
const BASE_PAGES = 256;

const PRELUDE = \`
	((write) => {
		const show = (value) => {
			if (typeof value === "string") return value;
			if (value instanceof Error) return String(value);
			try { return JSON.stringify(value) ?? String(value); } catch { return String(value); }
		};
		const logger = (level) => (...values) => write(level, values.map(show).join(" "));
		const [info, warn, error, debug] = ["info", "warn", "error", "debug"].map(logger);
		globalThis.console = Object.freeze({ log: info, info, warn, error, debug });
	})
\`;

parentPort.on("message", async (job) => {
	parentPort.postMessage({ done: await run(job) });
});

async function run(job) {
	formattersMade = 0;
	const memory = new WebAssembly.Memory({ initial: BASE_PAGES, maximum: BASE_PAGES + job.memoryPages });
	const quickjs = await newQuickJSWASMModule(newVariant(RELEASE_SYNC, { wasmModule, wasmMemory: memory }));
	parentPort.postMessage({ started: true });
	const runtime = quickjs.newRuntime();
	runtime.setMaxStackSize(STACK_BYTES);
	const end = performance.now() + job.timeoutMs;
	const late = () => performance.now() > end;
	runtime.setInterruptHandler(late);
	const outcome = tryEvaluate(runtime, job, late);
	if ("json" in outcome) return outcome;
	const usedPages = memory.buffer.byteLength / PAGE_BYTES - BASE_PAGES;
	// Without memory for an error, QuickJS throws null, forgets a promise, or reading the error fails.
	const wordless = "unsettled" in outcome || ("error" in outcome && outcome.error.stack === "");
	if (wordless && usedPages > job.memoryPages * 0.8) return { outOfMemory: true };
	return late() ? { timedOut: true } : outcome;
}

function tryEvaluate(runtime, job, late) {
	try {
		const context = runtime.newContext();
		provideConsole(context);
		provideGlobals(context);
		return evaluate(runtime, context, job, late);
	} catch (error) {
		return { error: { name: "", message: String(error), stack: "" } };
	}
}

function evaluate(runtime, context, job, late) {
	context.setProp(context.global, "__input", context.newString(job.input));
	const result = context.evalCode(job.code, job.fileName);
	if (result.error) return { error: describe(context, result.error) };
	while (runtime.hasPendingJob()) {
		if (late()) return { timedOut: true };
		const pending = runtime.executePendingJobs(1000);
		if (pending.error) return { error: describe(context, pending.error) };
	}
	const state = context.getPromiseState(result.value);
	if (state.type === "pending") return { unsettled: true };
	if (state.type === "rejected") return { error: describe(context, state.error) };
	return { json: context.getString(state.value) };
}

function describe(context, handle) {
	const read = (key) => {
		const value = context.getProp(handle, key);
		return context.typeof(value) === "string" ? context.getString(value).slice(0, 4000) : "";
	};
	const type = context.typeof(handle);
	if (type === "object") return { name: read("name"), message: read("message"), stack: read("stack") };
	return { name: "", message: type === "string" ? context.getString(handle).slice(0, 4000) : type, stack: "" };
}

function provideGlobals(context) {
	const host = context.newFunction("host", (name, values) =>
		context.newString(callHost(context.getString(name), context.getString(values))),
	);
	const provide = context.unwrapResult(context.evalCode(GLOBALS, "globals.js"));
	context.unwrapResult(context.callFunction(provide, context.undefined, host));
}

function provideConsole(context) {
	let characters = 0;
	let lines = 0;
	const write = context.newFunction("write", (level, text) => {
		if (lines > MAX_LOG_LINES || characters > MAX_LOG_CHARACTERS) return;
		const line = context.getString(text).slice(0, MAX_LOG_CHARACTERS);
		lines += 1;
		characters += line.length;
		parentPort.postMessage({ log: [context.getString(level), line] });
		if (lines > MAX_LOG_LINES || characters > MAX_LOG_CHARACTERS) {
			parentPort.postMessage({ log: ["warn", "The code prints too much; the rest is left out of the log."] });
		}
	});
	const prelude = context.unwrapResult(context.evalCode(PRELUDE, "console.js"));
	context.unwrapResult(context.callFunction(prelude, context.undefined, write));
}
`;
