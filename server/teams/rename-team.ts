import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { teams } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import { slugSchema } from "@/server/plan/slug-schema";
import { teamInput } from "@/server/workflows/workflow-ref";
import { announceToMembers } from "./announce-access";
import type { Caller } from "./caller";
import { teamNameSchema } from "./create-team";
import { keepFormerSlugs } from "./former-slugs";
import { lockTeam } from "./lock-team";
import { claimAddress, isReservedAddress, leadsTo } from "./team-address";
import { writeAudit } from "./write-audit";

export const renameTeamInput = teamInput.extend({
	name: teamNameSchema,
	/** The address; left as it is when it is left out. */
	newSlug: slugSchema.optional(),
});

/**
 * Gives a team another name or address. Every address that it had before leads to it for as long as it lives, and is given to
 * nobody else: an old link never shows somebody else's team.
 */
export async function renameTeam(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof renameTeamInput>,
): Promise<{ name: string; slug: string }> {
	return await db.transaction(async (tx) => {
		const { team } = await lockTeam(tx, actor, { team: input.team, permission: "team:rename" });
		const { name, newSlug: slug = team.slug } = input;
		if (name === team.name && slug === team.slug) return { name, slug };
		await tx
			.update(teams)
			.set({ name, slug, formerSlugs: await changeAddress(tx, team.id, slug) })
			.where(eq(teams.id, team.id));
		const change = { before: { name: team.name, slug: team.slug }, after: { name, slug } };
		const target = { type: "team", id: team.id };
		await writeAudit(tx, { teamId: team.id, actor, action: "team.renamed", target, detail: { name }, change });
		await announceToMembers(tx, team.id);
		return { name, slug };
	});
}

/** The addresses that lead to the team from now on beside the new one. */
async function changeAddress(tx: DbTransaction, teamId: string, slug: string): Promise<string[]> {
	const [before] = await tx
		.select({ slug: teams.slug, formerSlugs: teams.formerSlugs })
		.from(teams)
		.where(eq(teams.id, teamId));
	if (!before) throw new WeftError("not_found", "This team has just been deleted. Go to the start page.");
	if (!leadsTo(before, slug)) await takeAddress(tx, slug);
	return keepFormerSlugs(before, slug);
}

/** Throws `conflict` when the address belongs to another team, or to Weft itself. */
async function takeAddress(tx: DbTransaction, slug: string): Promise<void> {
	if (isReservedAddress(slug))
		throw new WeftError("conflict", `The address ${slug} is used by Weft itself. Choose another one.`);
	if (!(await claimAddress(tx, slug)))
		throw new WeftError("conflict", `The address ${slug} is taken. Choose another one.`);
}
