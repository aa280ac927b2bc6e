import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { failureDestinations } from "@/db/schema/failures";
import { WeftError } from "@/server/errors";
import type { Actor } from "@/server/runs/events";
import type { Permission } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, teamInput, type WorkflowRow } from "@/server/workflows/workflow-ref";

/** Where failures are set up: with a slug a workflow’s own, without one those of the team. */
export const failurePlaceInput = teamInput.extend({ slug: z.string().min(1).max(64).optional() });
type PlaceRef = z.infer<typeof failurePlaceInput>;

export const destinationRefInput = failurePlaceInput.extend({ id: z.string().min(1).max(64) });

export type DestinationRow = typeof failureDestinations.$inferSelect;

export interface FailurePlace {
	team: { id: string; slug: string; name: string };
	workflow: WorkflowRow | null;
}

/** The permission to change what is set up in a place. */
export function permissionFor(slug: string | undefined): Permission {
	return slug === undefined ? "failure:manage" : "workflow:edit";
}

/** The place, for those who may change what is set up there. */
export async function requirePlace(db: DbLike, actor: Actor, { team: name, slug }: PlaceRef): Promise<FailurePlace> {
	const { team } = await requireMember(db, actor, name, permissionFor(slug));
	return { team, workflow: slug === undefined ? null : await findWorkflow(db, team.id, slug) };
}

/** For a query: the destinations of a place. */
export function inPlace({ team, workflow }: FailurePlace) {
	const { teamId, workflowId } = failureDestinations;
	return and(eq(teamId, team.id), workflow === null ? isNull(workflowId) : eq(workflowId, workflow.id));
}

/** Locks a destination of a place. Throws `not_found` for one of another. */
export async function lockDestination(db: DbLike, place: FailurePlace, id: string): Promise<DestinationRow> {
	const [row] = await db
		.select()
		.from(failureDestinations)
		.where(and(inPlace(place), eq(failureDestinations.id, id)))
		.for("update");
	if (!row) throw new WeftError("not_found", "This destination is not there any more. Somebody may have removed it.");
	return row;
}

/** What the audit log names: the workflow, or the team. */
export function targetOf({ team, workflow }: FailurePlace): { type: string; id: string } {
	return workflow === null ? { type: "team", id: team.id } : { type: "workflow", id: workflow.id };
}
