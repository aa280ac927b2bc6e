import { eq } from "drizzle-orm";
import type { Database, DbLike } from "@/db/client";
import { shareLinks } from "@/db/schema/sharing";
import { teams } from "@/db/schema/teams";
import { workflows } from "@/db/schema/workflows";
import { getMasterSecrets } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import { isProof } from "./link-password";
import { hashLinkToken } from "./link-token";
import { readPolicy, type SharePolicy } from "./share-policy";

/** Whoever comes by a link. All that is asked of them is the link's token, and what proves that they know its password. */
export interface Visitor {
	database: Database;
	/** Where they come from: for limits. */
	address: string;
	/** What their browser keeps since the password was right. */
	proofOf(linkId: string): string | undefined;
}

export type LiveLink = Awaited<ReturnType<typeof findLink>>;

/**
 * The link of a token. Throws `not_found` for one that is unknown, revoked, over or not allowed any more, in the same words;
 * `unauthenticated` where a password is asked for.
 */
export async function openLink(visitor: Visitor, token: string): Promise<LiveLink> {
	const link = await findLink(visitor.database.db, token);
	const { id, passwordHash } = link;
	if (passwordHash === null || isProof(getMasterSecrets(), { id, passwordHash }, visitor.proofOf(id))) return link;
	throw new WeftError("unauthenticated", "This link asks for a password. Reload the page to enter it.");
}

/** The same, whatever its password. */
export async function findLink(db: DbLike, token: string) {
	const hash = hashLinkToken(token);
	return await requireLive(db, hash === undefined ? undefined : eq(shareLinks.tokenHash, hash));
}

/** Throws as `openLink` does when a link has been revoked or is over by now. */
export async function requireLinkStillLive(db: DbLike, id: string): Promise<LiveLink> {
	return await requireLive(db, eq(shareLinks.id, id));
}

async function requireLive(db: DbLike, which: ReturnType<typeof eq> | undefined) {
	if (which === undefined) throw linkGone();
	const [found] = await db
		.select({
			link: shareLinks,
			team: { name: teams.name },
			workflow: {
				id: workflows.id,
				slug: workflows.slug,
				name: workflows.name,
				currentVersion: workflows.currentVersion,
			},
		})
		.from(shareLinks)
		.innerJoin(teams, eq(teams.id, shareLinks.teamId))
		.innerJoin(workflows, eq(workflows.id, shareLinks.workflowId))
		.where(which);
	if (!found) throw linkGone();
	const policy = await readPolicy(db, found.link.teamId);
	if (!isLive(found.link, policy)) throw linkGone();
	return { ...found.link, expiresAt: endOf(found.link, policy), teamName: found.team.name, workflow: found.workflow };
}

type LinkTerms = Pick<typeof shareLinks.$inferSelect, "createdAt" | "expiresAt" | "revokedAt" | "passwordHash">;

/** Whether a link works now. A policy applies to existing links too. */
export function isLive(link: LinkTerms, policy: SharePolicy): boolean {
	const end = endOf(link, policy);
	if (!policy.isOn || link.revokedAt !== null) return false;
	return (end === null || end.getTime() > Date.now()) && (link.passwordHash !== null || !policy.needsPassword);
}

/** When a link ends: as it was made, or as soon as no link may last any longer. */
export function endOf({ createdAt, expiresAt }: LinkTerms, { maxDays }: SharePolicy): Date | null {
	const latest = maxDays === null ? null : new Date(createdAt.getTime() + maxDays * DAY_MS);
	if (latest === null || expiresAt === null) return expiresAt ?? latest;
	return expiresAt < latest ? expiresAt : latest;
}

export const DAY_MS = 86_400_000;

/** One error for every reason: it does not tell whether the link ever existed. */
function linkGone(): WeftError {
	return new WeftError("not_found", "This link does not work. Ask the person who sent it for a new one.");
}
