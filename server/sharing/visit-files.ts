import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { artifacts } from "@/db/schema/artifacts";
import { SEARCHED_BYTES } from "@/server/artifacts/artifact-ref";
import { findServed, type ServedFile } from "@/server/artifacts/download-file";
import { listFilesOf } from "@/server/artifacts/list-files";
import { isUtf16, readText } from "@/server/artifacts/read-text";
import { WeftError } from "@/server/errors";
import type { Visitor } from "./open-link";
import type { ShareFilter } from "./share-filter";
import { showsFiles } from "./shows-files";
import { enterRun, linkInput } from "./visit-run";

export const visitFileInput = linkInput.extend({ id: z.string().min(1).max(64) });

/** The files of a link's run, where it shows them. */
export async function visitFiles(visitor: Visitor, { token }: z.infer<typeof linkInput>) {
	const { filter, runId } = await enterRun(visitor, token);
	if (!showsFiles(filter.shows)) return [];
	const files = await listFilesOf(visitor.database.db, runId);
	return files.map((file) => ({ ...file, name: filter.text(file.name) }));
}

/** One of them. What looks private in a text is hidden as in all that a link shows. */
export async function visitFile(visitor: Visitor, { token, id }: z.infer<typeof visitFileInput>): Promise<ServedFile> {
	const { filter, runId } = await enterRun(visitor, token);
	const found = showsFiles(filter.shows)
		? await findServed(visitor.database.db, and(eq(artifacts.runId, runId), eq(artifacts.id, id)))
		: undefined;
	if (!found) throw new WeftError("not_found", "This link shows no such file.");
	const file = await showFile(found, filter);
	if (file !== undefined) return file;
	throw new WeftError("too_large", "No link shows a text of more than 10 MB. Ask whoever gave you the link for it.");
}

/** A file as a link shows it; undefined for a text that is too long to be searched. */
export async function showFile(found: ServedFile, filter: ShareFilter): Promise<ServedFile | undefined> {
	const file = { ...found, name: filter.text(found.name) };
	if (file.size <= SEARCHED_BYTES) return await hideInside(file, filter);
	return (await isBinary(file)) ? file : undefined;
}

/** Where a file that is no text has its first NUL at the latest. */
const HEAD_BYTES = 64_000;

async function isBinary(file: ServedFile): Promise<boolean> {
	const head = await buffer(await file.open({ first: 0, last: HEAD_BYTES - 1 }));
	return head.includes(0) && !isUtf16(head);
}

async function hideInside(file: ServedFile, filter: ShareFilter): Promise<ServedFile> {
	const bytes = await buffer(await file.open());
	const stored = readText(bytes);
	if (stored === undefined) return file;
	const hidden = filter.lines(stored.text.split("\n")).join("\n");
	if (hidden === stored.text) return file;
	const shown = stored.encode(hidden);
	const open: ServedFile["open"] = async (range) =>
		Readable.from([range ? shown.subarray(range.first, range.last + 1) : shown]);
	return { ...file, size: shown.length, open };
}
