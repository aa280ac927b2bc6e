import { createHash } from "node:crypto";
import { z } from "zod";
import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import { FatalError } from "@/server/errors";
import { AGENT_PROGRAMS, isProgram } from "./agents";
import { runInDirectory } from "./run-in-directory";
import type { Work } from "./work";

const storedSchema = z.object({
	sessionId: z.string().max(200),
	directory: z.string(),
	totals: z.record(z.string(), z.number().nonnegative()).catch({}),
});
type NamedSession = z.infer<typeof storedSchema>;

/** Beside what the programs themselves keep of their sessions. */
const FOLDER = '"$HOME/.weft-sessions"';

/** In the workspace: what is in the home directory outlasts the directory of an agent that has removed it. */
function run({ config, context }: Work, asked: Parameters<typeof runInDirectory>[1]) {
	return runInDirectory({ config: { ...config, directory: "" }, context, signal: context.signal }, asked);
}

function keyOf({ config }: Work): string {
	return createHash("sha256")
		.update(`${config.agent} ${config.command ?? ""} ${config.session}`)
		.digest("hex");
}

/** The session of this name that another step of the run has begun; undefined if none has, or it has no name. */
export async function readSession(work: Work): Promise<NamedSession | undefined> {
	const { session, directory = "" } = work.config;
	if (session === undefined) return undefined;
	const { stdout } = await run(work, { script: `cat -- ${FOLDER}/"$1" 2>/dev/null`, args: [keyOf(work)] });
	const stored = storedSchema.safeParse(parse(stdout));
	if (!stored.success) return undefined;
	if (stored.data.directory !== directory)
		throw new FatalError(
			`The session “${session}” was begun in the directory “${stored.data.directory}”. Work in the same one, or give this session another name.`,
		);
	return stored.data;
}

/** Keeps the session for the steps that name it. */
export async function keepSession(work: Work): Promise<void> {
	const { session, directory = "" } = work.config;
	const { sessionId, totals, isConfirmed } = work.recorder.state;
	if (session === undefined || sessionId === undefined || !isConfirmed) return;
	const script = `mkdir -p -- ${FOLDER} && cp -- "$WEFT_COMMAND_FILES/session" ${FOLDER}/"$1"`;
	const files = { session: JSON.stringify({ sessionId, directory, totals } satisfies NamedSession) };
	await run(work, { script, args: [keyOf(work)], files });
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Finds what a program keeps of a session: the newest file with its id in its name. */
const FIND =
	'find "$HOME/$1" -type f -name "*$2*" -size -8000k -print 2>/dev/null | while IFS= read -r one; do printf "%s\\n" "$one"; done | xargs -r -d "\\n" ls -t 2>/dev/null | head -n 1';

/** Whether the program knows a session: one that died before it said anything may not. */
export async function knowsSession(work: Work, sessionId: string): Promise<boolean> {
	const { agent } = work.config;
	// Its ids are ours, so that it may know one that it has not told.
	if (agent !== "claude-code") return work.recorder.state.isConfirmed;
	const { stdout } = await run(work, {
		script: FIND,
		args: [AGENT_PROGRAMS[agent].sessions, idPart(agent, sessionId)],
	});
	return stdout.trim() !== "";
}

/** The program's own record of the session, as a file of the run; undefined where it is not where it usually is. */
export async function keepSessionFile(work: Work): Promise<ArtifactRef | undefined> {
	const { agent } = work.config;
	const { sessionId } = work.recorder.state;
	if (!isProgram(agent) || sessionId === undefined) return undefined;
	let kept: ArtifactRef | undefined;
	await run(work, {
		script: `file=$(${FIND}); [ -z "$file" ] || cp -- "$file" "$WEFT_ARTIFACTS/"`,
		args: [AGENT_PROGRAMS[agent].sessions, idPart(agent, sessionId)],
		async collect({ files: [left] }) {
			if (left === undefined) return;
			try {
				kept = await work.context.artifacts.add({ ...left, name: `sessions/${left.name}`, kind: "session" });
			} catch (error) {
				if (!(error instanceof FatalError)) throw error;
				work.context.log("error", `${error.message}\n`);
			}
		},
	});
	return kept;
}

/** Gemini CLI names its files by the beginning of the id. */
function idPart(agent: string, sessionId: string): string {
	const id = sessionId.replaceAll(/[^\w-]/g, "?");
	return agent === "gemini" ? id.slice(0, 8) : id;
}
