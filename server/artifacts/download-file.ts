import type { Readable } from "node:stream";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { artifacts } from "@/db/schema/artifacts";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { openStorage } from "./storage/open-storage";
import { type ByteRange, MissingFileError } from "./storage/storage";

/** As an address says it: `?team=…&id=…`, and `&keep=true` to be saved in any case. */
export const downloadFileInput = z.object({
	team: z.string().min(1).max(64),
	id: z.string().min(1).max(64),
	keep: z.stringbool().default(false),
});

/** A file that may be read. */
export interface ServedFile {
	/** With slashes where it lay in a folder. */
	name: string;
	type: string;
	size: number;
	/** Opens it, or a part of it. Throws `not_found` when its bytes are gone. */
	open(range?: ByteRange): Promise<Readable>;
}

/** A file of one of the team's runs. */
export async function downloadFile(
	{ database: { db }, actor }: Caller,
	{ team: slug, id }: z.infer<typeof downloadFileInput>,
): Promise<ServedFile> {
	const { team } = await requireMember(db, actor, slug, "team:view");
	const file = await findServed(db, and(eq(artifacts.teamId, team.id), eq(artifacts.id, id)));
	if (!file) throw new WeftError("not_found", "There is no such file in this team.");
	return file;
}

/** The one file that a condition finds. */
export async function findServed(db: Db, condition: ReturnType<typeof and>): Promise<ServedFile | undefined> {
	const [row] = await db
		.select({ name: artifacts.name, type: artifacts.type, size: artifacts.size, storageKey: artifacts.storageKey })
		.from(artifacts)
		.where(condition)
		.limit(1);
	return row && servedOf(row);
}

/** What a row of the database tells of a file, with its bytes. */
export function servedOf({
	name,
	type,
	size,
	storageKey,
}: Omit<ServedFile, "open"> & { storageKey: string }): ServedFile {
	return { name, type, size, open: (range) => openStored(storageKey, range) };
}

/** Bytes of the storage, as somebody is told of them who asked for them. */
async function openStored(key: string, range?: ByteRange): Promise<Readable> {
	return await openStorage()
		.read(key, range)
		.catch((error) => {
			if (error instanceof MissingFileError)
				throw new WeftError("not_found", "The bytes of this file are no longer in the storage. Run the step again.");
			throw error;
		});
}
