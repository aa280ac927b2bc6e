import type { Readable } from "node:stream";
import { and, asc, eq, gt } from "drizzle-orm";
import type { z } from "zod";
import type { Db } from "@/db/client";
import { artifacts } from "@/db/schema/artifacts";
import { requireRun, runIdInput } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { type ServedFile, servedOf } from "./download-file";
import { zipStream } from "./zip-stream";

/** As an address says it: `?team=…&runId=…`. */
export const zipFilesInput = runIdInput;

/** Rows that are read at once: a run may have many files, and the archive takes its time. */
const BATCH = 200;

/** All files of a run as one archive, made while it is read. In it each lies below its step, or its step's attempt. */
export async function zipFiles(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof zipFilesInput>,
): Promise<ReadableStream<Uint8Array>> {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	return zipRun(db, input.runId, async (file) => file);
}

/** A file as it goes into the archive; undefined for one that is left out. */
type Show = (file: ServedFile) => Promise<ServedFile | undefined>;

/** The same of a run that the caller has been let into. */
export function zipRun(db: Db, runId: string, show: Show): ReadableStream<Uint8Array> {
	let open: Readable | undefined;
	const onOpen = (bytes: Readable) => {
		open = bytes;
	};
	return zipStream(listEntries({ db, runId, show }, onOpen), () => open?.destroy());
}

interface Archived {
	db: Db;
	runId: string;
	show: Show;
}

async function* listEntries({ db, runId, show }: Archived, onOpen: (bytes: Readable) => void) {
	for (let after = ""; ; ) {
		const rows = await db
			.select()
			.from(artifacts)
			.where(and(eq(artifacts.runId, runId), gt(artifacts.id, after)))
			.orderBy(asc(artifacts.id))
			.limit(BATCH);
		for (const row of rows) {
			after = row.id;
			const file = await show(servedOf(row));
			if (file === undefined) continue;
			const bytes = await file.open();
			onOpen(bytes);
			const name = nameInside({ ...row, name: file.name });
			yield { name, size: file.size, lastModified: row.createdAt, input: bytes };
		}
		if (rows.length < BATCH) return;
	}
}

/** `build/reports/unit.xml`, `clean-3/out.csv` in the fourth iteration, `build/attempt-2/…` of another than the first. */
function nameInside({ nodeId, iteration, attempt, name }: typeof artifacts.$inferSelect): string {
	const step = nodeId === "" ? "trigger" : [nodeId, ...(iteration === "" ? [] : [iteration])].join("-");
	return [step, ...(attempt > 1 ? [`attempt-${attempt}`] : []), name].join("/");
}
