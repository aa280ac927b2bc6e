import { Readable } from "node:stream";
import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import type { ArtifactRef } from "@/server/artifacts/artifact-ref";
import { describeFile } from "@/server/artifacts/describe-file";
import { toFileName } from "@/server/artifacts/file-name";
import { openFileStore } from "@/server/artifacts/file-store";
import { storeFile } from "@/server/artifacts/save-file";
import type { StoredFile } from "@/server/artifacts/stored-file";
import type { JsonObject } from "@/server/plan/values/json";
import type { HookEvent } from "../settings/hook-event";

/** A file that came with a request, and how the run that it starts will refer to it. */
interface Upload {
	ref: ArtifactRef;
	bytes: Buffer;
}

const MEDIA_TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/;

/** The event as runs read it: of its files references, whose bytes are stored once a run is to be started. */
export function referToFiles(event: HookEvent): { event: HookEvent; uploads: Upload[] } {
	const uploads: Upload[] = [];
	const taken = new Set<string>();
	const files = event.files?.map((file, index) => {
		const { base64, field } = file;
		if (typeof base64 !== "string") return file;
		const upload = readUpload(file, { base64, name: nameOf(file, { index, taken }) });
		uploads.push(upload);
		return { ...(field !== undefined && { field }), ...upload.ref };
	});
	return { event: { ...event, ...(files && { files }) }, uploads };
}

/** A form may send two files of one name, and names that no file can have. */
function nameOf({ name }: JsonObject, { index, taken }: { index: number; taken: Set<string> }): string {
	const wanted = (typeof name === "string" && toFileName(name)) || `file-${index + 1}`;
	const free = taken.has(wanted) ? `${index + 1}-${wanted}` : wanted;
	taken.add(free);
	return free;
}

function readUpload({ type }: JsonObject, { base64, name }: { base64: string; name: string }): Upload {
	const bytes = Buffer.from(base64, "base64");
	const described = describeFile(name);
	const said = typeof type === "string" && MEDIA_TYPE.test(type) ? type : described.type;
	return { ref: { id: newId(), name, type: said, size: bytes.length, kind: described.kind }, bytes };
}

/** Stores them, so that the run finds them when it begins. @throws FatalError beyond the limits of files */
export async function storeUploads(
	database: Database,
	teamId: string,
	uploads: readonly Upload[],
): Promise<StoredFile[]> {
	const stored: StoredFile[] = [];
	for (const { ref, bytes } of uploads) {
		stored.push(
			await storeFile(openFileStore(database.sql), teamId, { ...ref, open: async () => Readable.from([bytes]) }),
		);
	}
	return stored;
}
