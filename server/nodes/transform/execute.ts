import { transform as stripTypes } from "sucrase";
import type { Json } from "@/server/plan/values/json";
import { jsonSchema } from "@/server/plan/values/json";
import { FatalError } from "../../errors";
import type { LogLevel } from "../../runs/events";
import type { Execute } from "../execute-context";
import type { transformDefinition } from "./definition";
import { runInSandbox, type SandboxError, type SandboxOutcome } from "./sandbox";

const FILE_NAME = "transform.js";
const MAX_RESULT_LENGTH = 2_000_000;

export const executeTransform: Execute<typeof transformDefinition> = async (config, context) => {
	const job = {
		code: toScript(config.code),
		fileName: FILE_NAME,
		input: JSON.stringify(config.input),
		timeoutMs: config.timeoutSeconds * 1_000,
		memoryPages: config.memoryMb * 16,
	};
	const onLog = (level: LogLevel, text: string) => context.log(level, text);
	const outcome = await context.compute(() => runInSandbox(job, { signal: context.signal, onLog }));
	return { output: readOutcome(outcome, config) };
};

/**
 * The person's code as the body of an async function whose value arrives as JSON text. Everything around it stands on
 * its first line, so that line numbers in errors are those of the code as written.
 */
function toScript(code: string): string {
	const encode =
		'(value) => { if (value === undefined) return "null"; const text = JSON.stringify(value, (key, item) => { ' +
		'if (typeof item === "bigint") return Number.isSafeInteger(Number(item)) ? Number(item) : String(item); ' +
		'if (typeof item === "number" && !Number.isFinite(item)) ' +
		'throw new TypeError("The code returned " + item + (key && " at " + key) + ", which is no JSON value"); ' +
		"return item; }); " +
		'if (typeof text !== "string") throw new TypeError("The code returned a " + typeof value + ", which is no JSON value"); ' +
		"return text; }";
	const script = `(async (input) => {${code}\n})(JSON.parse(__input)).then(${encode})`;
	try {
		return stripTypes(script, { transforms: ["typescript"], disableESTransforms: true }).code;
	} catch (error) {
		throw new FatalError(describeSyntaxError(error instanceof Error ? error.message : String(error)));
	}
}

function readOutcome(outcome: SandboxOutcome, limits: { timeoutSeconds: number; memoryMb: number }): Json {
	if ("json" in outcome) return parseResult(outcome.json);
	if ("timedOut" in outcome) {
		throw new FatalError(
			`The code did not finish within ${limits.timeoutSeconds} s. Look for a loop without end, or allow it more time.`,
		);
	}
	if ("unsettled" in outcome) {
		throw new FatalError("The code awaits a promise that never settles. Timers and network are not available here.");
	}
	if ("crashed" in outcome) {
		throw new FatalError("The code crashed its sandbox. Use less memory or less recursion.");
	}
	if ("outOfMemory" in outcome || outcome.error.message === "out of memory") {
		throw new FatalError(`The code needs more than its ${limits.memoryMb} MB of memory.`);
	}
	throw new FatalError(describeError(outcome.error));
}

function parseResult(text: string): Json {
	if (text.length > MAX_RESULT_LENGTH) {
		throw new FatalError(
			`The result has ${text.length} characters of JSON; ${MAX_RESULT_LENGTH} are allowed. Return less of it.`,
		);
	}
	const { data, error } = jsonSchema.safeParse(readResult(text));
	if (data === undefined) throw new FatalError(`The result cannot be handed on. ${error?.issues[0]?.message ?? ""}`);
	return data;
}

function readResult(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new FatalError("The result is not JSON. Return a value, and leave JSON.stringify as it is.");
	}
}

function describeError({ name, message, stack }: SandboxError): string {
	const line = new RegExp(`${FILE_NAME}:(\\d+)`).exec(stack)?.[1];
	const what = name === "" ? message : `${name}: ${message}`;
	return line === undefined ? what : `Line ${line}: ${what}`;
}

/** Sucrase ends its messages with `(line:column)`. */
function describeSyntaxError(message: string): string {
	const place = /\((\d+):\d+\)$/.exec(message);
	if (!place) return `SyntaxError: ${message}`;
	return `Line ${place[1]}: SyntaxError: ${message.slice(0, place.index).trimEnd()}`;
}
