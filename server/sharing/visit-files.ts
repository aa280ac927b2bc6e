import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { artifacts } from "@/db/schema/artifacts";
import { findServed, type ServedFile } from "@/server/artifacts/download-file";
import { listFilesOf } from "@/server/artifacts/list-files";
import { readText, SEARCHED_BYTES } from "@/server/artifacts/read-text";
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
	const file = { ...found, name: filter.text(found.name) };
	return file.size > SEARCHED_BYTES ? file : await hideInside(file, filter);
}

async function hideInside(file: ServedFile, filter: ShareFilter): Promise<ServedFile> {
	const bytes = await buffer(await file.open());
	const text = readText(bytes);
	if (text === undefined) return file;
	const shown = Buffer.from(filter.lines(text.split("\n")).join("\n"));
	const open: ServedFile["open"] = async (range) =>
		Readable.from([range ? shown.subarray(range.first, range.last + 1) : shown]);
	return { ...file, size: shown.length, open };
}
