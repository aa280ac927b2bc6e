import { z } from "zod";
import { csvLine } from "@/server/csv-line";
import type { Caller } from "@/server/teams/caller";
import { auditFilterInput } from "./audit-filter";
import { type AuditEntryRow, readEntries } from "./list-audit";

/** The newest entries that one export has at most; earlier ones come with an earlier end of its time. */
const MAX_EXPORTED = 100_000;
const PAGE = 500;

export const exportAuditInput = auditFilterInput.extend({ format: z.enum(["csv", "jsonl"]) });

const FORMATS = {
	csv: {
		head: csvLine([
			"time",
			"actor",
			"actor id",
			"action",
			"target",
			"target id",
			"workflow",
			"run",
			"address",
			"before",
			"after",
			"detail",
		]),
		line: toCsv,
	},
	jsonl: { head: "", line: (entry: AuditEntryRow) => `${JSON.stringify(entry)}\n` },
};

/** The text of an export, a page of entries at a time, so that none is held whole. Fails before its first piece, if at all refused. */
export async function* exportAudit(
	caller: Caller,
	{ format, ...filter }: z.infer<typeof exportAuditInput>,
	{ max = MAX_EXPORTED, page = PAGE } = {},
): AsyncGenerator<string> {
	const { head, line } = FORMATS[format];
	let before: number | undefined;
	for (let left = max; left > 0; left -= page) {
		const limit = Math.min(page, left);
		const rows = await readEntries(caller, filter, { before, limit });
		yield (before === undefined ? head : "") + rows.map(line).join("");
		if (rows.length < limit) return;
		before = rows.at(-1)?.id;
	}
}

function toCsv(entry: AuditEntryRow): string {
	const { actor, workflow, runNumber, before, after } = entry;
	return csvLine([
		entry.at.toISOString(),
		"name" in actor ? actor.name : actor.kind,
		"id" in actor ? actor.id : "",
		entry.action,
		entry.targetType,
		entry.targetId,
		workflow?.name ?? "",
		runNumber === null ? "" : String(runNumber),
		entry.address ?? "",
		before ? JSON.stringify(before) : "",
		after ? JSON.stringify(after) : "",
		JSON.stringify(entry.detail),
	]);
}
