import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import { templates, templateVersions } from "@/db/schema/templates";
import { WeftError } from "@/server/errors";
import { notifyPublisher } from "@/server/notifications/notify-templates";
import type { Caller } from "@/server/teams/caller";
import { writeAudit } from "@/server/teams/write-audit";
import { isAdministrator } from "./is-administrator";
import { templateNotFound } from "./template-not-found";

export const reviewTemplateInput = z.object({
	template: z.string().min(1).max(100),
	/** The version that the administrator has looked at. */
	version: rowNumberSchema,
	verdict: z.enum(["approved", "declined"]),
});

/**
 * Shows a version of a template to everybody on this server, or declines to; one that was approved before stays then. For
 * administrators of the instance. Throws `conflict` when another version has come since.
 */
export async function reviewTemplate(
	{ database: { db }, actor }: Caller,
	{ template: slug, version, verdict }: z.infer<typeof reviewTemplateInput>,
): Promise<void> {
	if (!(await isAdministrator(db, actor)))
		throw new WeftError("forbidden", "Only an administrator of this server can decide what everybody sees. Ask one.");
	await db.transaction(async (tx) => {
		const [row] = await tx
			.select()
			.from(templates)
			.where(and(eq(templates.slug, slug), isNull(templates.unpublishedAt), eq(templates.isForInstance, true)))
			.for("update");
		if (!row) throw templateNotFound(slug);
		if (row.version !== version)
			throw new WeftError("conflict", `“${row.name}” has version ${row.version} by now. Look at it, then decide.`);
		const decided = verdict === "approved" ? { approvedVersion: version } : { declinedVersion: version };
		await tx.update(templates).set(decided).where(eq(templates.id, row.id));
		const [read] = await tx
			.update(templateVersions)
			.set(verdict === "approved" ? { approvedAt: new Date() } : { approvedAt: null })
			.where(and(eq(templateVersions.templateId, row.id), eq(templateVersions.version, version)))
			.returning({ publishedBy: templateVersions.publishedBy });
		await notifyPublisher(tx, row, { verdict, publishedBy: read?.publishedBy ?? null });
		const target = { type: "template", id: row.id };
		await writeAudit(tx, {
			teamId: row.teamId,
			actor,
			action: `template.${verdict}`,
			target,
			detail: { name: row.name, slug, version },
		});
	});
}
