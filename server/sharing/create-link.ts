import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { rowNumberSchema } from "@/db/integer";
import { newId } from "@/db/new-id";
import { runs } from "@/db/schema/runs";
import { shareLinks } from "@/db/schema/sharing";
import { workflows } from "@/db/schema/workflows";
import { hashPassword } from "@/server/auth/password";
import { WeftError } from "@/server/errors";
import { runIdInput } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";
import { takeTurn } from "@/server/teams/lock-team";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { findWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { hashLinkToken, newLinkToken } from "./link-token";
import { DAY_MS } from "./open-link";
import { readHideInput } from "./run-filter";
import { readPolicy, type SharePolicy } from "./share-policy";
import { readSharedVersion } from "./shared-version";
import { type Shows, showsSchema } from "./shows";

const MAX_HOURS = 365 * 24;
/** Links of one team that work or did: far beyond what anybody looks through. */
const MAX_LINKS = 5_000;

/** What can be chosen of any link. */
export const linkTermsInput = z.object({
	name: z.string().trim().max(120).default(""),
	shows: showsSchema,
	/** After how many hours it ends; left out: not by itself. */
	hours: z.int().min(1).max(MAX_HOURS).optional(),
	password: z.string().min(4, "A password has at least 4 characters.").max(200).optional(),
});
type LinkTerms = z.infer<typeof linkTermsInput>;

export const createRunLinkInput = runIdInput.extend(linkTermsInput.shape);

/** Makes a link of a run. Its token is in the answer and nowhere else: it cannot be shown again. */
export async function createRunLink(
	{ database: { db }, actor }: Caller,
	{ team: slug, runId, ...terms }: z.infer<typeof createRunLinkInput>,
): Promise<{ id: string; token: string }> {
	const { team } = await requireMember(db, actor, slug, "run:share");
	const run = await findRun(db, team.id, runId);
	await requireHidable(db, runId, terms.shows);
	return await insertLink(db, { teamId: team.id, workflowId: run.workflowId, runId, version: null, actor, terms });
}

/** A run that may be shown to others. Throws `not_found` for one of another team, and for a step that was tried. */
export async function findRun(db: DbLike, teamId: string, runId: string) {
	const [run] = await db
		.select({ workflowId: runs.workflowId, kind: runs.kind, workflowName: workflows.name })
		.from(runs)
		.innerJoin(workflows, eq(workflows.id, runs.workflowId))
		.where(and(eq(runs.teamId, teamId), eq(runs.id, runId)));
	if (!run || run.kind === "try") throw new WeftError("not_found", "There is no such run in this team.");
	return run;
}

export const createWorkflowLinkInput = workflowRefInput.extend({
	...linkTermsInput.omit({ shows: true }).shape,
	/** The settings of its steps are shown, and it can be cloned. */
	settings: z.boolean(),
	/** The version that it goes on showing; left out, whatever is published. */
	version: rowNumberSchema.optional(),
});

/** Makes a link of what a workflow has published. Throws `invalid` when that is nothing. */
export async function createWorkflowLink(
	{ database: { db }, actor }: Caller,
	{ team: slug, slug: workflowSlug, settings, version, ...terms }: z.infer<typeof createWorkflowLinkInput>,
): Promise<{ id: string; token: string }> {
	const { team } = await requireMember(db, actor, slug, "run:share");
	const workflow = await findWorkflow(db, team.id, workflowSlug);
	await readSharedVersion(db, workflow, version ?? null);
	const shows = { settings, inputs: false, outputs: false, logs: false };
	const of = { teamId: team.id, workflowId: workflow.id, runId: null, version: version ?? null };
	return await insertLink(db, { ...of, actor, terms: { ...terms, shows } });
}

async function requireHidable(db: DbLike, runId: string, { inputs, outputs, logs }: Shows): Promise<void> {
	if (inputs || !(outputs || logs) || (await readHideInput(db, runId)) !== undefined) return;
	throw new WeftError(
		"invalid",
		"This run’s input is too long to be redacted in its outputs and logs. Show the input too, or neither outputs nor logs.",
	);
}

interface NewLink {
	teamId: string;
	workflowId: string;
	runId: string | null;
	version: number | null;
	actor: Caller["actor"];
	terms: LinkTerms;
}

/** Throws `forbidden` for what the team or the server does not allow of links. */
export async function insertLink(db: Caller["database"]["db"], { terms, actor, ...of }: NewLink) {
	refuseForbidden(terms, await readPolicy(db, of.teamId));
	const { hours, name, shows, password } = terms;
	const [id, token] = [newId(), newLinkToken()];
	const passwordHash = password === undefined ? null : await hashPassword(password);
	const expiresAt = hours === undefined ? null : new Date(Date.now() + (hours * DAY_MS) / 24);
	await db.transaction(async (tx) => {
		await takeTurn(tx, of.teamId);
		if ((await tx.$count(shareLinks, eq(shareLinks.teamId, of.teamId))) >= MAX_LINKS) {
			throw new WeftError(
				"conflict",
				`A team has at most ${MAX_LINKS} links, including expired and revoked ones. Delete a workflow that you no longer need.`,
			);
		}
		await tx.insert(shareLinks).values({
			id,
			...of,
			tokenHash: hashLinkToken(token) ?? "",
			name,
			shows,
			passwordHash,
			expiresAt,
			createdBy: actor,
		});
		const detail = {
			name,
			shows,
			hours: hours ?? null,
			password: passwordHash !== null,
			runId: of.runId,
			workflowId: of.workflowId,
			version: of.version,
		};
		const target = { type: "share-link", id };
		await writeAudit(tx, { teamId: of.teamId, actor, action: "share-link.created", target, detail });
	});
	return { id, token };
}

function refuseForbidden({ hours, password }: LinkTerms, policy: SharePolicy): void {
	if (!policy.isOn)
		throw new WeftError("forbidden", "Sharing by link is off here. An admin can turn it on in the settings.");
	if (policy.maxDays !== null && (hours === undefined || hours > policy.maxDays * 24)) {
		const days = policy.maxDays === 1 ? "1 day" : `${policy.maxDays} days`;
		throw new WeftError("forbidden", `Links here last at most ${days}. Let it expire sooner.`);
	}
	if (policy.needsPassword && password === undefined) {
		throw new WeftError("forbidden", "Every link needs a password here. Enter one.");
	}
}
