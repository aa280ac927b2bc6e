import { createHash } from "node:crypto";
import { z } from "zod";
import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import type { Json } from "@/server/plan/values/json";
import { explainJsonError } from "@/server/plan/values/read-json";
import { toText } from "@/server/plan/values/value-text";
import { errorCode, FatalError, RetryableError } from "../../errors";
import type { Execute, ExecuteContext } from "../execute-context";
import { keepLeftFiles } from "../program-files";
import { countOf } from "../summary-text";
import type { FilesConfig, filesDefinition } from "./definition";
import { FILES_PROGRAM } from "./program";

type Output = z.infer<(typeof filesDefinition)["output"]>;

const LIMITS = { maxText: 1_000_000, maxListed: 10_000, maxLooked: 200_000, maxCopied: 10_000_000_000 };
const MAX_WRITTEN_BYTES = 10_000_000;
const MAX_ANSWER_BYTES = 20_000_000;

const foundSchema = z.array(
	z.object({
		path: z.string(),
		type: z.enum(["file", "folder", "link", "other"]),
		bytes: z.number(),
		modified: z.string(),
	}),
);

/** Works with files of the workspace by a program in its runner: what a step may not reach there, this may not either. */
export const executeFiles: Execute<typeof filesDefinition> = async (config, context) => {
	const output = await actions[config.action](config, context);
	return { output };
};

const actions: Record<FilesConfig["action"], (config: FilesConfig, context: ExecuteContext) => Promise<Output>> = {
	async read(config, context) {
		const { answer, artifact } = await run(config, context);
		const { bytes, text } = z.object({ bytes: z.number(), text: z.string().optional() }).parse(answer);
		const path = pathOf(config);
		context.log("info", `Read ${path}, ${bytes} bytes${artifact ? ", as a file of the run" : ""}.\n`);
		return { path, content: await readContent(text, config, context), artifact: artifact ?? null, bytes };
	},
	async write(config, context) {
		const { answer } = await run(config, context, await contentOf(config, context));
		const { bytes, existed } = z.object({ bytes: z.number(), existed: z.boolean() }).parse(answer);
		context.log("info", `Wrote ${pathOf(config)}, ${bytes} bytes.\n`);
		return { path: pathOf(config), bytes, existed };
	},
	list,
	glob: list,
	async copy(config, context) {
		const { answer } = await run(config, context);
		const { files, bytes } = z.object({ files: z.int(), bytes: z.number() }).parse(answer);
		context.log("info", `Copied ${pathOf(config)} to ${config.to ?? ""}: ${countOf(files, "file")}, ${bytes} bytes.\n`);
		return { path: config.to ?? "", from: pathOf(config), files, bytes };
	},
	async move(config, context) {
		const { answer } = await run(config, context);
		const { existed } = z.object({ existed: z.boolean() }).parse(answer);
		context.log("info", `Moved ${pathOf(config)} to ${config.to ?? ""}.\n`);
		return { path: config.to ?? "", from: pathOf(config), existed };
	},
	async delete(config, context) {
		const { answer } = await run(config, context);
		const { existed, files } = z.object({ existed: z.boolean(), files: z.int() }).parse(answer);
		const path = pathOf(config);
		context.log(
			"info",
			existed ? `Deleted ${path}: ${countOf(files, "file")}.\n` : `There is no ${path}: nothing to delete.\n`,
		);
		return { path, existed, files };
	},
};

async function list(config: FilesConfig, context: ExecuteContext): Promise<Output> {
	const { answer } = await run(config, context);
	const { files } = z.object({ files: foundSchema }).parse(answer);
	context.log("info", `Found ${files.length} in ${pathOf(config)}.\n`);
	return { path: pathOf(config), files, count: files.length };
}

function pathOf({ path = "." }: FilesConfig): string {
	return path === "" ? "." : path;
}

async function readContent(
	text: string | undefined,
	{ readAs, path = "" }: FilesConfig,
	context: ExecuteContext,
): Promise<Json> {
	if (text === undefined) return null;
	if (readAs !== "json") return text;
	try {
		return await context.readJson(text);
	} catch (error) {
		throw new FatalError(`“${path}” is no JSON: ${explainJsonError(error)} Read it as text, or mend the file.`);
	}
}

type Content = { files: Record<string, Uint8Array> } | { handed: { name: string; open: ArtifactOpen }[] };
type ArtifactOpen = Awaited<ReturnType<ExecuteContext["artifacts"]["find"]>>[number]["open"];

async function contentOf({ contentType, content = "" }: FilesConfig, context: ExecuteContext): Promise<Content> {
	if (contentType === "file") {
		const [file, ...others] = await context.artifacts.find(content);
		if (file && others.length === 0) return { handed: [{ name: "content", open: file.open }] };
		throw new FatalError("The content must be one file of an earlier step: {{ steps.build.output.artifacts.0 }}.");
	}
	const text = contentType === "json" ? `${JSON.stringify(content, null, 2)}\n` : toText(content);
	const bytes = Buffer.from(text);
	if (bytes.length > MAX_WRITTEN_BYTES)
		throw new FatalError("The content is larger than 10 MB. Hand it on as a file of the run, and write that.");
	return { files: { content: bytes } };
}

interface Ran {
	answer: unknown;
	/** What was read as a file of the run. */
	artifact: ArtifactRef | undefined;
}

async function run(config: FilesConfig, context: ExecuteContext, content?: Content): Promise<Ran> {
	const pieces: string[] = [];
	let said = "";
	let artifact: ArtifactRef | undefined;
	const workspace = await context.workspace();
	const result = await workspace
		.exec(["node", "-e", FILES_PROGRAM], {
			...{ env: {}, ...content, stdin: requestOf(config, context, content), signal: context.signal },
			limits: { outputBytes: MAX_ANSWER_BYTES },
			onOutput(stream, text) {
				if (stream === "stdout") pieces.push(text);
				else said = `${said}${text}`.slice(-1_000);
			},
			async collect(left) {
				const kept = await keepLeftFiles(context, left);
				if (kept.failure) throw kept.failure;
				artifact = kept.artifacts[0];
			},
		})
		.catch((error: unknown) => {
			if (errorCode(error) !== "ENOENT") throw error;
			throw new FatalError(
				"Node.js was not found where commands run. Install it there, as with: apt-get install nodejs",
			);
		});
	context.signal.throwIfAborted();
	if (result.exitCode !== 0)
		throw new RetryableError(`The files could not be worked with. ${said.trim().split("\n").at(-1) ?? ""}`.trim());
	if (result.droppedBytes.stdout > 0)
		throw new FatalError("The list is longer than 20 MB. Name a folder further inside, or a narrower pattern.");
	return { answer: readAnswer(pieces.join("")), artifact };
}

function requestOf(config: FilesConfig, { run, node, iteration, attempt }: ExecuteContext, content?: Content): string {
	const { action, path = "", to, patterns, recursive, ifExists, readAs } = config;
	const key = createHash("sha256")
		.update(JSON.stringify([run.id, node.id, iteration, path, to]))
		.digest("hex");
	return JSON.stringify({
		...{ action, path, to, patterns, recursive, ifExists, as: readAs, ...LIMITS },
		...{ key: key.slice(0, 24), isAgain: attempt > 1, handed: content !== undefined && "handed" in content },
	});
}

function readAnswer(text: string): unknown {
	const answer: unknown = JSON.parse(text);
	const { data } = z.object({ problem: z.string(), again: z.boolean() }).safeParse(answer);
	if (data === undefined) return answer;
	throw data.again ? new RetryableError(data.problem) : new FatalError(data.problem);
}
