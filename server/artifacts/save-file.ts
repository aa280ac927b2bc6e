import { createHash } from "node:crypto";
import { newId } from "@/db/new-id";
import { FatalError, RetryableError } from "@/server/errors";
import { type ArtifactKind, type ArtifactRef, describeSize } from "./artifact-ref";
import { describeFile } from "./describe-file";
import type { FileStore } from "./file-store";
import { recordFile } from "./record-file";
import { type Reserved, reserveFile } from "./reserve-file";
import type { FilePlace, StoredFile } from "./stored-file";

export interface NewFile {
	/** A path with slashes. */
	name: string;
	/** In bytes: more than so many are refused. Left out where nobody knows yet: then it may be as long as there is room. */
	size?: number | undefined;
	open(): Promise<AsyncIterable<Uint8Array>>;
	/** By which it is referred to before it is stored. */
	id?: string;
	/** What follows from the name unless it is said. */
	type?: string;
	kind?: ArtifactKind;
}

type Ask = <Answer>(query: () => Promise<Answer>) => Promise<Answer>;

/**
 * Stores a file as an artifact of a step's attempt. One of the same name and attempt is replaced.
 * @param ask how the database is asked: again, where it may be away for a while
 * @throws FatalError for a name that cannot be kept and beyond the limits: nothing is stored then
 */
export async function saveFile(
	store: FileStore,
	place: FilePlace,
	{ ask = (query) => query(), ...file }: NewFile & { ask?: Ask },
): Promise<ArtifactRef> {
	const reserved = await ask(() => reserveFile(store, place, file));
	const stored = await writeFile(store, reserved, file);
	return await ask(() => recordFile(store.sql, place, stored));
}

/** Stores the bytes of a file of which there is no run yet. What is not recorded within a day is removed again. */
export async function storeFile(store: FileStore, teamId: string, file: NewFile): Promise<StoredFile> {
	return await writeFile(store, await reserveFile(store, { teamId }, file), file);
}

/** Gives up stored files that nothing will name. */
export async function discardFiles({ sql }: Pick<FileStore, "sql">, files: readonly StoredFile[]): Promise<void> {
	const keys = files.map(({ storageKey }) => storageKey);
	await sql`update stored_files set doomed_at = now() where key = any(${keys}::text[]) and recorded_at is null`;
}

async function writeFile(store: FileStore, { name, key, size: room }: Reserved, file: NewFile): Promise<StoredFile> {
	try {
		const tooLong = file.size === undefined ? explainRoom(name, room) : GREW;
		const meter = measure(await file.open(), room, tooLong);
		await store.storage.write(key, meter.source);
		const { size, sha256 } = meter.end();
		return { id: file.id ?? newId(), ...describeFile(name), ...pickSaid(file), name, size, sha256, storageKey: key };
	} catch (error) {
		await store.sql`update stored_files set doomed_at = now() where key = ${key} and recorded_at is null`;
		if (error instanceof FatalError) throw error;
		throw new RetryableError(`${name} could not be stored.`, undefined, { cause: error });
	}
}

function pickSaid({ type, kind }: NewFile): Partial<Pick<ArtifactRef, "type" | "kind">> {
	return { ...(type && { type }), ...(kind && { kind }) };
}

/** A file that is longer than it was said to be. */
const GREW = "The file grew while it was stored. Let nothing write to it any more.";

function explainRoom(name: string, room: number): string {
	return `${name} has more than ${describeSize(room)}, which is what a file may have or what is left to the run and its team. Keep fewer or smaller files, or ask an administrator to raise WEFT_ARTIFACTS_FILE_MB, WEFT_ARTIFACTS_RUN_MB or WEFT_ARTIFACTS_TEAM_MB.`;
}

/** Counts and hashes what passes. */
function measure(content: AsyncIterable<Uint8Array>, limit: number, tooLong: string) {
	const hash = createHash("sha256");
	let size = 0;
	async function* source() {
		for await (const chunk of content) {
			size += chunk.length;
			if (size > limit) throw new FatalError(tooLong);
			hash.update(chunk);
			yield chunk;
		}
	}
	return { source: source(), end: () => ({ size, sha256: hash.digest("hex") }) };
}
