import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { newId } from "@/db/new-id";
import { credentials } from "@/db/schema/teams";
import { getMasterSecret } from "@/server/derive-key";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { isHidden } from "./common-values";
import { credentialBinding } from "./credential-binding";
import { keepFormerValue } from "./keep-former-value";
import { MIN_REDACTED_LENGTH } from "./min-redacted-length";
import { seal } from "./seal";
import { openTeamKey } from "./team-key";

export const setCredentialInput = z.object({
	team: z.string().min(1).max(64),
	name: z
		.string()
		.regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "Use letters, digits and _, not starting with a digit; 64 at most."),
	value: z.string().min(1, "Enter the value.").max(64_000, "A credential holds at most 64,000 characters."),
});

interface SavedCredential {
	id: string;
	/** What the person should know about the value; null when there is nothing. */
	warning: string | null;
}

/** Saves a credential under its name, a new one or a new value of an old one. */
export async function setCredential(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof setCredentialInput>,
): Promise<SavedCredential> {
	const { team } = await requireMember(db, actor, input.team, "credential:manage");
	const key = await openTeamKey(db, getMasterSecret(), team.id);
	return await db.transaction(async (tx) => {
		const before = await claimName(tx, {
			teamId: team.id,
			name: input.name,
			createdBy: actor.kind === "user" ? actor.id : null,
		});
		const { id } = before;
		await keepFormerValue(tx, team.id, { ...before, name: input.name });
		const sealed = seal(key, Buffer.from(input.value), credentialBinding(team.id, id));
		await tx.update(credentials).set({ sealed, updatedAt: new Date() }).where(eq(credentials.id, id));
		const target = { type: "credential", id };
		await writeAudit(tx, { teamId: team.id, actor, action: "credential.set", target, detail: { name: input.name } });
		return { id, warning: warningAbout(input.value) };
	});
}

function warningAbout(value: string): string | null {
	if (isHidden(value)) return null;
	if (value.trim().length >= MIN_REDACTED_LENGTH)
		return "An ordinary word like this is not hidden in logs and outputs. Use another value where you can.";
	return `Values of fewer than ${MIN_REDACTED_LENGTH} characters are not hidden in logs and outputs. Use a longer one where you can.`;
}

/** The name's row, made if need be: a value is sealed for one id, so the id must be known first. */
async function claimName(
	tx: DbLike,
	row: { teamId: string; name: string; createdBy: string | null },
): Promise<{ id: string; sealed: string }> {
	const id = newId();
	const [made] = await tx
		.insert(credentials)
		.values({ id, ...row, sealed: "" })
		.onConflictDoNothing()
		.returning({ id: credentials.id, sealed: credentials.sealed });
	if (made) return made;
	const [known] = await tx
		.select({ id: credentials.id, sealed: credentials.sealed })
		.from(credentials)
		.where(and(eq(credentials.teamId, row.teamId), eq(credentials.name, row.name)))
		.for("update");
	return known ?? (await claimName(tx, row));
}
