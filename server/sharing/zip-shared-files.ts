import type { z } from "zod";
import { zipRun } from "@/server/artifacts/zip-files";
import { WeftError } from "@/server/errors";
import type { Visitor } from "./open-link";
import { showsFiles } from "./shows-files";
import { showFile } from "./visit-files";
import { enterRun, type linkInput } from "./visit-run";

/**
 * The files of a link's run in one archive, each as the link shows it alone; without the texts that it shows to nobody.
 * @param queue lets only so many texts be searched at once, of all that are asked for
 */
export async function zipSharedFiles(
	visitor: Visitor,
	{ token }: z.infer<typeof linkInput>,
	queue: <Done>(work: () => Promise<Done>) => Promise<Done>,
): Promise<ReadableStream<Uint8Array>> {
	const { filter, runId } = await enterRun(visitor, token);
	if (!showsFiles(filter.shows)) throw new WeftError("not_found", "This link shows no files.");
	return zipRun(visitor.database.db, runId, (file) => queue(() => showFile(file, filter)));
}
