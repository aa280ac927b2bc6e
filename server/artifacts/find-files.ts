import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { FatalError, RetryableError } from "@/server/errors";
import type { Json } from "@/server/plan/values/json";
import type { ArtifactRef } from "./artifact-ref";
import type { FileStore } from "./file-store";
import { MissingFileError } from "./storage/storage";

export interface FoundFile extends ArtifactRef {
	/** Its bytes. The stream fails at its end if they are not those that were stored. */
	open(): Promise<Readable>;
}

/** So many files travel into one step. */
const MAX_FILES = 1_000;
/** Lists in lists come from containers in containers. */
const MAX_DEPTH = 8;

/**
 * The files that a value refers to: one reference, or lists of them; nothing for null.
 * @throws FatalError for what is no reference, and for one that leads to no file of this team
 */
export async function findFiles(store: FileStore, teamId: string, value: Json): Promise<FoundFile[]> {
	const ids = [...new Set(readIds(value, MAX_DEPTH))];
	if (ids.length > MAX_FILES) throw new FatalError(`These are ${ids.length} files; a step takes at most ${MAX_FILES}.`);
	if (ids.length === 0) return [];
	const rows = await store.sql<(ArtifactRef & { sha256: string; storageKey: string })[]>`
		select id, name, type, size::float8, kind, sha256, storage_key as "storageKey"
		from artifacts where team_id = ${teamId} and id = any(${ids}::text[])`;
	const byId = new Map(rows.map((row) => [row.id, row]));
	return ids.map((id) => {
		const row = byId.get(id);
		if (row === undefined)
			throw new FatalError("A file that this step refers to is gone. Run the step that made it once more.");
		const { sha256, storageKey, ...ref } = row;
		return { ...ref, open: () => openChecked(store, { name: ref.name, sha256, storageKey }) };
	});
}

function readIds(value: Json, depth: number): string[] {
	if (value === null) return [];
	if (Array.isArray(value) && depth > 0) return value.flatMap((each) => readIds(each, depth - 1));
	if (typeof value === "object" && !Array.isArray(value) && typeof value.id === "string") return [value.id];
	throw new FatalError(
		`${JSON.stringify(value).slice(0, 100)} is no file. Refer to the files of a step, such as {{ steps.build.output.artifacts }}.`,
	);
}

async function openChecked(
	{ storage }: FileStore,
	{ name, sha256, storageKey }: { name: string; sha256: string; storageKey: string },
): Promise<Readable> {
	const bytes = await storage.read(storageKey).catch((error) => {
		if (!(error instanceof MissingFileError))
			throw new RetryableError(`${name} could not be read.`, undefined, { cause: error });
		throw new FatalError(`The bytes of ${name} are no longer in the storage. Run the step that made it once more.`);
	});
	return Readable.from(check(bytes, { name, sha256 }), { objectMode: false });
}

async function* check(bytes: Readable, { name, sha256 }: { name: string; sha256: string }) {
	const hash = createHash("sha256");
	for await (const chunk of bytes) {
		hash.update(chunk);
		yield chunk;
	}
	if (hash.digest("hex") !== sha256)
		throw new FatalError(`${name} was changed in the storage since it was stored, and is not handed on.`);
}
