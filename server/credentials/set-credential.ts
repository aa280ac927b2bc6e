import { and, eq, isNull, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { credentials } from "@/db/schema/teams";
import { getMasterSecrets } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import { countUse, sharedLimiter } from "@/server/rate-limit";
import type { Caller } from "@/server/teams/caller";
import { takeTurn } from "@/server/teams/lock-team";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { CREDENTIAL_TYPES, type CredentialType, credentialDefinition } from "./catalog";
import { warningAbout } from "./common-values";
import {
	type CredentialValues,
	credentialName,
	credentialValues,
	problemsOf,
	withoutEmpty,
} from "./credential-definition";
import { keepFormerValue } from "./keep-former-value";
import { partsOf, sealCredential, secretParts } from "./seal-credential";
import { openTeamKey } from "./team-key";

export const setCredentialInput = z
	.object({
		team: z.string().min(1).max(64),
		name: credentialName,
		type: z.enum(CREDENTIAL_TYPES),
		/** As the form of the type holds them. */
		values: credentialValues,
		/** It runs in the caller's own runs alone, where it comes before the team's of the same name. */
		personal: z.boolean().default(false),
		/** Whether one of this name may be there: `new` refuses to replace what somebody else has added meanwhile. */
		mode: z.enum(["new", "any"]).default("any"),
	})
	.superRefine(refuseWrongValues);
type SetCredential = z.input<typeof setCredentialInput>;

/** For inputs that hold the values of a credential: reports what is wrong with them, by field. */
export function refuseWrongValues(
	{ type, values }: { type: CredentialType; values: CredentialValues },
	context: z.RefinementCtx,
): void {
	for (const [field, message] of Object.entries(problemsOf(credentialDefinition(type), values)))
		context.addIssue({ code: "custom", path: ["values", field], message });
}

/** What one person saves in an hour: every value before is kept while runs live that may have read it. */
const SAVED = { points: 300, duration: 3_600 };

interface SavedCredential {
	id: string;
	/** What of it references may read now: `""` is the whole. */
	parts: string[];
	/** What the person should know about the value; null when there is nothing. */
	warning: string | null;
}

/** Saves a credential under its name, a new one or new values of an old one. */
export async function setCredential(
	{ database: { db }, actor }: Caller,
	input: SetCredential,
): Promise<SavedCredential> {
	const { team } = await requireMember(db, actor, input.team, input.personal ? "credential:own" : "credential:manage");
	const { name, type } = input;
	const saver = actor.kind === "user" ? actor.id : actor.kind;
	await countUse(sharedLimiter(db, "credentials-set", SAVED), `${team.id} ${saver}`, "Too many credentials were saved");
	const values = withoutEmpty(input.values);
	const parts = partsOf(type, values);
	const key = await openTeamKey(db, getMasterSecrets(), team.id);
	return await db.transaction(async (tx) => {
		const createdBy = actor.kind === "user" ? actor.id : null;
		const ownerId = input.personal ? createdBy : null;
		const before = await claimName(tx, { teamId: team.id, name, type, createdBy, ownerId });
		const { id } = before;
		if (input.mode === "new" && before.sealed !== "") throw nameTaken(name);
		await keepFormerValue(tx, team.id, before);
		const hint = credentialDefinition(type).hint(values).slice(0, 100);
		const sealed = sealCredential(key, { teamId: team.id, id, type }, values);
		const changed = { type, parts: Object.keys(parts), hint, sealed, updatedAt: new Date() };
		await tx.update(credentials).set(changed).where(eq(credentials.id, id));
		const target = { type: "credential", id };
		await writeAudit(tx, {
			teamId: team.id,
			actor,
			action: "credential.set",
			target,
			detail: { name, type, ...(ownerId !== null && { personal: true }) },
			change: { before: before.sealed === "" ? null : { type: before.type }, after: { type } },
		});
		return { id, parts: changed.parts, warning: warningAbout(secretParts(type, parts)) };
	});
}

function nameTaken(name: string): WeftError {
	return new WeftError(
		"conflict",
		`Somebody else has just added a credential ${name}. Use that one, or choose another name.`,
	);
}

type NewCredential = Pick<typeof credentials.$inferSelect, "teamId" | "name" | "createdBy" | "ownerId" | "type">;

/** The name's row, made if need be: a value is sealed for one id, so the id must be known first. */
async function claimName(tx: DbTransaction, row: NewCredential): Promise<typeof credentials.$inferSelect> {
	const [made] = await tx
		.insert(credentials)
		.values({ id: newId(), ...row, sealed: "" })
		.onConflictDoNothing()
		.returning();
	if (made) {
		await refuseTooMany(tx, row);
		return made;
	}
	const [known] = await tx
		.select()
		.from(credentials)
		.where(and(eq(credentials.teamId, row.teamId), eq(credentials.name, row.name), ofOwner(row.ownerId)))
		.for("update");
	return known ?? (await claimName(tx, row));
}

const MAX_PER_OWNER = 1_000;

/** The team's are counted apart from each member's own: nobody uses up what all have. */
async function refuseTooMany(tx: DbTransaction, row: NewCredential): Promise<void> {
	await takeTurn(tx, row.teamId);
	const count = await tx.$count(credentials, and(eq(credentials.teamId, row.teamId), ofOwner(row.ownerId)));
	if (count <= MAX_PER_OWNER) return;
	const whose = row.ownerId === null ? "A team has" : "A member has";
	const what = row.ownerId === null ? "credentials" : "credentials of their own in a team";
	throw new WeftError("conflict", `${whose} at most ${MAX_PER_OWNER} ${what}. Remove one that nothing uses first.`);
}

function ofOwner(ownerId: string | null): SQL {
	return ownerId === null ? isNull(credentials.ownerId) : eq(credentials.ownerId, ownerId);
}
