import { and, count, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { DbLike, DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { failureDestinations } from "@/db/schema/failures";
import { credentials, memberships, teams } from "@/db/schema/teams";
import { WeftError } from "@/server/errors";
import type { JsonObject } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { isRole } from "@/server/teams/permissions";
import { writeAudit } from "@/server/teams/write-audit";
import { auditOf } from "./describe-destination";
import { type Fields, fieldsOfKind, findTelling, INBOX, problemsOf } from "./destination-kinds";
import {
	destinationRefInput,
	type FailurePlace,
	failurePlaceInput,
	inPlace,
	lockDestination,
	requirePlace,
	targetOf,
} from "./destination-ref";

export const setDestinationInput = failurePlaceInput.extend({
	/** The one that is changed; left out: another one is added. */
	id: z.string().min(1).max(64).optional(),
	type: z.string().min(1).max(64),
	fields: z.record(z.string().max(64), z.string().trim().max(10_000)),
});

/** Each of them is written to for each workflow that begins to fail. */
const MAX_DESTINATIONS = 20;

/** Adds a destination of a team or a workflow, or changes one. */
export async function setDestination(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof setDestinationInput>,
): Promise<{ id: string }> {
	const place = await requirePlace(db, actor, input);
	return await db.transaction(async (tx) => {
		const fields = await checkFields(tx, place, input);
		const before = input.id === undefined ? null : await lockDestination(tx, place, input.id);
		if (before === null) await refuseTooMany(tx, place);
		const { type } = input;
		const row = { id: before?.id ?? newId(), type, fields, setBy: actor.kind === "user" ? actor.id : null };
		await tx
			.insert(failureDestinations)
			.values({ ...row, teamId: place.team.id, workflowId: place.workflow?.id ?? null })
			.onConflictDoUpdate({ target: failureDestinations.id, set: row });
		const change = { before: before && auditOf(before), after: auditOf(row) };
		const detail = detailOf(place);
		await writeAudit(tx, {
			...{ teamId: place.team.id, actor, action: "failure-destination.set" },
			...{ target: targetOf(place), detail, change },
		});
		return { id: row.id };
	});
}

/** Removes a destination, and what was still to be sent there. */
export const removeDestinationInput = destinationRefInput;
export async function removeDestination(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof removeDestinationInput>,
): Promise<void> {
	const place = await requirePlace(db, actor, input);
	await db.transaction(async (tx) => {
		const row = await lockDestination(tx, place, input.id);
		await tx.delete(failureDestinations).where(eq(failureDestinations.id, row.id));
		await writeAudit(tx, {
			...{ teamId: place.team.id, actor, action: "failure-destination.removed" },
			...{ target: targetOf(place), detail: detailOf(place), change: { before: auditOf(row), after: null } },
		});
	});
}

function detailOf({ workflow }: FailurePlace): JsonObject {
	return workflow === null ? {} : { slug: workflow.slug };
}

async function refuseTooMany(tx: DbTransaction, place: FailurePlace): Promise<void> {
	await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, place.team.id)).for("no key update");
	const [found] = await tx.select({ number: count() }).from(failureDestinations).where(inPlace(place));
	if ((found?.number ?? 0) >= MAX_DESTINATIONS)
		throw new WeftError("conflict", `There can be ${MAX_DESTINATIONS} destinations. Remove one, then add this one.`);
}

/** The fields of the type, with what is left empty left out. Throws `invalid` for what cannot be sent to. */
async function checkFields(
	db: DbLike,
	{ team }: FailurePlace,
	{ type, fields }: z.infer<typeof setDestinationInput>,
): Promise<Fields> {
	if (type === INBOX) return await checkAudience(db, team.id, fields.to ?? "");
	const telling = findTelling(type);
	if (telling === undefined)
		throw new WeftError("invalid", "There is no such kind of destination. Choose another one.");
	const known = fieldsOfKind(telling);
	const unknown = Object.keys(fields).find((key) => known.every((field) => field.key !== key));
	if (unknown !== undefined) throw new WeftError("invalid", `A destination of this kind has no “${unknown}”.`);
	for (const { key, label, required, credentials: fit } of known) {
		const value = fields[key] ?? "";
		if (fit === null && value.includes("{{"))
			throw new WeftError("invalid", `“${label}” can hold no reference: there is no step here. Enter it as it is.`);
		if (fit !== null && value === "" && required) throw new WeftError("invalid", `Choose a credential for “${label}”.`);
		if (fit !== null && value !== "") await requireCredential(db, { teamId: team.id, name: value, fit });
	}
	const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
	const [problem] = problemsOf(telling, filled);
	if (problem !== undefined) throw new WeftError("invalid", problem);
	return filled;
}

async function requireCredential(
	db: DbLike,
	{ teamId, name, fit }: { teamId: string; name: string; fit: object },
): Promise<void> {
	const [row] = await db
		.select({ type: credentials.type })
		.from(credentials)
		.where(and(eq(credentials.teamId, teamId), eq(credentials.name, name), isNull(credentials.ownerId)));
	if (row === undefined) throw new WeftError("invalid", `The team has no credential “${name}”. Choose another one.`);
	if (!Object.hasOwn(fit, row.type))
		throw new WeftError("invalid", `The credential “${name}” is of another type. Choose another one.`);
}

async function checkAudience(db: DbLike, teamId: string, to: string): Promise<Fields> {
	if (isRole(to)) return { to };
	const [member] = await db
		.select({ id: memberships.userId })
		.from(memberships)
		.where(and(eq(memberships.teamId, teamId), eq(memberships.userId, to)));
	if (member === undefined) throw new WeftError("invalid", "Choose who is told: a role, or a member of the team.");
	return { to };
}
