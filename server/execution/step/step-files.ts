import { buffer } from "node:stream/consumers";
import { SEARCHED_BYTES } from "@/server/artifacts/artifact-ref";
import type { FileStore } from "@/server/artifacts/file-store";
import { findFiles } from "@/server/artifacts/find-files";
import { readText } from "@/server/artifacts/read-text";
import { type NewFile, saveFile } from "@/server/artifacts/save-file";
import type { FilePlace } from "@/server/artifacts/stored-file";
import type { ExecuteContext } from "@/server/nodes/execute-context";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import { WorkerStopping } from "../run-signals";
import type { Redact } from "../secrets/redact-secrets";

interface Attempt {
	place: FilePlace;
	signal: AbortSignal;
	/** Undefined where nothing has to be hidden. */
	redact: Redact | undefined;
	log: ExecuteContext["log"];
}

/** The files of one attempt, and those that others have left. */
export function createStepFiles(store: FileStore, attempt: Attempt): ExecuteContext["artifacts"] {
	return {
		async add(file) {
			// The next worker does the step anew, and adds them again.
			if (attempt.signal.reason instanceof WorkerStopping) throw attempt.signal.reason;
			const shown = await withoutSecrets(file, attempt);
			return await saveFile(store, attempt.place, { ...shown, ask: retryWhileUnavailable });
		},
		find: (value) => retryWhileUnavailable(() => findFiles(store, attempt.place.teamId, value)),
	};
}

/** Texts are stored as logs are, with the run's secrets hidden; what is no text, or too long, is stored as it is. */
async function withoutSecrets(file: NewFile, { redact, log }: Attempt): Promise<NewFile> {
	if (redact === undefined) return file;
	if (file.size === undefined || file.size > SEARCHED_BYTES) {
		log("warn", `${file.name} is longer than 10 MB: it is stored as it is, and was not searched for secrets.\n`);
		return file;
	}
	const bytes = await buffer(await file.open());
	const stored = readText(bytes);
	const shown = stored && redact(stored.text);
	if (stored === undefined || shown === undefined || shown === stored.text)
		return { ...file, open: async () => only(bytes) };
	log("warn", `Secrets in ${file.name} are hidden.\n`);
	const hidden = stored.encode(shown);
	return { ...file, size: hidden.length, open: async () => only(hidden) };
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}
