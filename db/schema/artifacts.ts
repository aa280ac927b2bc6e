import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { ArtifactKind } from "@/server/artifacts/artifact-ref";
import { at } from "./at";
import { runs } from "./runs";
import { teams } from "./teams";

/**
 * What lies in the storage of artifacts, or may: a row is written before the bytes are, and goes after them. It outlives its
 * team, so that the bytes can be removed.
 */
export const storedFiles = pgTable(
	"stored_files",
	{
		/** Where it lies in the storage. */
		key: text("key").primaryKey(),
		/** Whose quota it counts for. */
		teamId: text("team_id").notNull(),
		size: bigint("size", { mode: "number" }).notNull(),
		createdAt: at("created_at").notNull().defaultNow(),
		/** When an artifact first named it; null while it is being written, or if that was cut off. */
		recordedAt: at("recorded_at"),
		/** From then on no artifact can name it: its bytes are being removed. */
		doomedAt: at("doomed_at"),
	},
	(t) => [
		index("stored_files_team").on(t.teamId, t.size).where(sql`doomed_at is null`),
		index("stored_files_unrecorded").on(t.createdAt).where(sql`recorded_at is null`),
		index("stored_files_doomed").on(t.doomedAt).where(sql`doomed_at is not null`),
	],
);

/** Files that steps made, or that came with the request that started a run. */
export const artifacts = pgTable(
	"artifacts",
	{
		id: text("id").primaryKey(),
		teamId: text("team_id")
			.notNull()
			.references(() => teams.id, { onDelete: "cascade" }),
		runId: text("run_id")
			.notNull()
			.references(() => runs.id, { onDelete: "cascade" }),
		/** The step; empty for a file of the run's trigger. */
		nodeId: text("node_id").notNull().default(""),
		iteration: text("iteration").notNull().default(""),
		attempt: integer("attempt").notNull().default(0),
		/** Its path in the folder it was left in, with slashes. */
		name: text("name").notNull(),
		kind: text("kind").$type<ArtifactKind>().notNull(),
		/** The MIME type. */
		type: text("type").notNull(),
		size: bigint("size", { mode: "number" }).notNull(),
		/** In hex. */
		sha256: text("sha256").notNull(),
		storageKey: text("storage_key")
			.notNull()
			.references(() => storedFiles.key),
		createdAt: at("created_at").notNull().defaultNow(),
	},
	(t) => [
		uniqueIndex("artifacts_place").on(t.runId, t.nodeId, t.iteration, t.attempt, t.name),
		index("artifacts_team").on(t.teamId),
		index("artifacts_storage_key").on(t.storageKey),
	],
);
