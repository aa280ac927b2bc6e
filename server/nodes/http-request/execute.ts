import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import type { Json } from "@/server/plan/values/json";
import { FatalError } from "../../errors";
import { contentTypeOf, exchangeBy, explainStatus, statusOf } from "../exchange";
import type { Execute, ExecuteContext } from "../execute-context";
import { MAX_OUTPUT_LENGTH } from "../output-limit";
import { decodeText, readBytes } from "../read-answer";
import { MAX_FILE_BYTES, writeWorkspaceFile } from "../workspace-files";
import { buildRequest } from "./build-request";
import type { HttpRequestConfig, httpRequestDefinition } from "./definition";
import { keepAnswer } from "./keep-answer";
import { parseBody } from "./parse-body";

export const executeHttpRequest: Execute<typeof httpRequestDefinition> = async (config, context) => {
	const { url, init } = await buildRequest(config, context);
	// Without its query: that is where keys hide.
	const title = `${config.method} ${url.origin}${url.pathname}`;
	const startedAt = performance.now();
	const read = (response: Response) => readAnswer(response, config, context);
	const { response, answer } = await exchangeBy(
		context,
		{ url: url.href, init },
		{ timeoutSeconds: config.timeoutSeconds, read },
	);
	const { bytes, size, truncated, artifact } = answer;
	const durationMs = Math.round(performance.now() - startedAt);
	context.log("info", `${title} answered ${statusOf(response)}, ${size} bytes in ${durationMs} ms`);
	if (!isExpected(response.status, config)) throw explainStatus(title, { response, bytes });
	if (truncated) reportCut(config, size, context);
	const { saveAs = null } = config;
	if (saveAs !== null) await writeWorkspaceFile(context, saveAs, bytes);
	const isInFile = saveAs !== null || artifact !== null;
	return {
		output: {
			status: response.status,
			ok: response.ok,
			headers: readHeaders(response.headers),
			body: isInFile ? null : await readBody(bytes, { truncated, response, config, context }),
			file: saveAs,
			artifact,
			bytes: size,
			url: response.url,
			truncated,
			durationMs,
		},
	};
};

interface ReadAnswer {
	/** None of an answer that is kept as a file. */
	bytes: Uint8Array;
	size: number;
	truncated: boolean;
	artifact: ArtifactRef | null;
}

/** What an unexpected answer says is not kept: it stands in the error. */
async function readAnswer(response: Response, config: HttpRequestConfig, context: ExecuteContext): Promise<ReadAnswer> {
	const { keepAs, maxResponseBytes = Number.POSITIVE_INFINITY } = config;
	if (keepAs !== undefined && isExpected(response.status, config))
		return {
			bytes: new Uint8Array(),
			...(await keepAnswer(context, response, { name: keepAs, most: maxResponseBytes })),
		};
	const { bytes, truncated } = await readBytes(response, limitOf(config));
	return { bytes, size: bytes.length, truncated, artifact: null };
}

/** One limit for the answer and for what the step hands on: what does not fit goes into a file. */
function limitOf({ maxResponseBytes = MAX_FILE_BYTES, saveAs }: HttpRequestConfig): number {
	return Math.min(maxResponseBytes, saveAs === undefined ? MAX_OUTPUT_LENGTH : MAX_FILE_BYTES);
}

/** Throws `FatalError` for a truncated answer unless the config allows it. */
function reportCut(config: HttpRequestConfig, kept: number, context: ExecuteContext): void {
	if (config.maxResponseBytes === kept) {
		context.log("warn", `The answer was cut off after ${kept} bytes, the step's limit.`);
		return;
	}
	throw new FatalError(
		config.saveAs === undefined ? TOO_LARGE : "The answer is larger than 50 MB. Keep it as a file of the run instead.",
	);
}

const TOO_LARGE = "The answer is larger than 2 MB. Keep it as a file of the run, or ask for less.";

/** Several `set-cookie` lines are joined as `Headers.get` joins them; any other header has one value already. */
function readHeaders(headers: Headers): Record<string, string> {
	return Object.fromEntries([...headers.keys()].map((name) => [name, headers.get(name) ?? ""]));
}

function isExpected(status: number, { failOnStatus, expectedStatus, followRedirects }: HttpRequestConfig): boolean {
	if (!failOnStatus) return true;
	if (expectedStatus.length > 0) return expectedStatus.includes(status);
	return (status >= 200 && status < 300) || (!followRedirects && status >= 300 && status < 400);
}

interface Received {
	truncated: boolean;
	response: Response;
	config: HttpRequestConfig;
	context: ExecuteContext;
}

async function readBody(bytes: Uint8Array, { truncated, response, config, context }: Received): Promise<Json> {
	const contentType = contentTypeOf(response);
	const text = decodeText(bytes, contentType);
	if (text === null) {
		const type = contentType || "of no named type";
		context.log("warn", `The answer is binary (${type}); its content is not kept. Save it to a file to keep it.`);
		return null;
	}
	if (truncated && config.parse === "json") {
		throw new FatalError(`The answer is larger than ${bytes.length} bytes. Raise what is kept of it, or ask for less.`);
	}
	const body =
		truncated || text === "" ? text : await parseBody(text, { parse: config.parse, contentType }, context.readJson);
	if (
		bytes.length * MAX_ESCAPE_LENGTH > MAX_OUTPUT_LENGTH &&
		JSON.stringify(body).length > MAX_OUTPUT_LENGTH - ROOM_FOR_THE_REST
	) {
		throw new FatalError(TOO_LARGE);
	}
	return body;
}

/** `\u0001`: what one byte of an answer becomes at most in JSON. */
const MAX_ESCAPE_LENGTH = 6;
/** What the rest of the output takes: servers send headers of 16 kB at most that a client accepts. */
const ROOM_FOR_THE_REST = 100_000;
