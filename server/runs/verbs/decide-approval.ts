import { eq } from "drizzle-orm";
import type { TransactionSql } from "postgres";
import { z } from "zod";
import type { Database, DbLike } from "@/db/client";
import { notifySoon } from "@/db/notify";
import { users } from "@/db/schema/teams";
import { isAddressVerified } from "@/server/auth/verified-address";
import { WeftError } from "@/server/errors";
import type { WaitAnswer } from "@/server/nodes/wait";
import { announceInboxes } from "@/server/notifications/notify";
import { findTold } from "@/server/notifications/notify-approvers";
import { parseFormValues } from "@/server/plan/form-values";
import { type JsonObject, jsonObjectSchema } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { type Decider, explainNotAsked, mayDecide } from "@/server/teams/permissions";
import { requireMember } from "@/server/teams/require-member";
import { writeAuditIn } from "@/server/teams/write-audit";
import type { Actor } from "../events";
import { findAskedStep, type Question } from "../read/asked-step";
import { stepRefInput } from "../run-ref";
import type { StepRef } from "../step-ref";
import { appendEvents, RUN_SIGNALS_CHANNEL } from "../store/append-events";
import { toJsonText } from "../store/json-text";
import { answerAnnouncement, queueEngineEvent, sendSoon } from "../store/outbox";
import { formError } from "./form-error";

export const decideApprovalInput = stepRefInput.extend({
	decision: z.enum(["approved", "declined"]),
	values: jsonObjectSchema.default({}),
	/** The name of the question that was read; left out for a step that asks only once. */
	question: z.string().max(1_000).optional(),
});
type Decision = z.infer<typeof decideApprovalInput>;

/** Approves or declines a step that waits for it. The first decision counts. */
export async function decideApproval({ database, actor }: Caller, input: Decision): Promise<void> {
	const { team, role } = await requireMember(database.db, actor, input.team, "run:decide");
	const by = { role, ...(await readAddress(database.db, actor)) };
	const { runId, nodeId, iteration, decision, values, question } = input;
	await recordDecision(database, {
		...{ teamId: team.id, actor, step: { runId, nodeId, iteration }, decision, values, question },
		async authorize(_, { approvers }) {
			if (!mayDecide(approvers, by)) throw new WeftError("forbidden", explainNotAsked(approvers, by));
		},
	});
}

export interface NewDecision {
	teamId: string;
	actor: Actor;
	step: StepRef;
	decision: "approved" | "declined";
	values: JsonObject;
	/** The name of the question that was read: undefined if it has none. */
	question?: string | undefined;
	/** Throws where the actor may not decide this question. What it writes is kept together with the decision. */
	authorize(tx: TransactionSql, question: Question): Promise<void>;
}

/** Records who decided what, in one transaction. Throws `conflict` once it is decided or asks something else, `invalid` for answers that do not fit. */
export async function recordDecision({ sql }: Pick<Database, "sql">, decided: NewDecision): Promise<void> {
	const { teamId, actor, step, decision, authorize } = decided;
	const { runId, ...place } = step;
	const told = await sql.begin(async (tx) => {
		const asked = await lockQuestion(tx, decided);
		await authorize(tx, asked);
		const values = readValues(asked.fields, decided);
		const answer: WaitAnswer = {
			...{ for: "approval", decision, actor, values, at: new Date().toISOString() },
			...(asked.question !== undefined && { question: asked.question }),
		};
		await tx`
			update run_steps set answer = ${toJsonText(answer)}::text::jsonb
			where run_id = ${runId} and node_id = ${place.nodeId} and iteration = ${place.iteration}`;
		await appendEvents(tx, runId, [{ type: "step.decided", ...place, data: { decision, actor, values } }]);
		await queueEngineEvent(tx, answerAnnouncement(runId, place));
		const target = { type: "run", id: runId };
		await writeAuditIn(tx, { teamId, actor, action: `approval.${decision}`, target, detail: place });
		return await findTold(tx, step);
	});
	announceInboxes(sql, told);
	notifySoon(sql, RUN_SIGNALS_CHANNEL, runId);
	sendSoon(sql, runId);
}

async function readAddress(db: DbLike, actor: Actor): Promise<Pick<Decider, "email" | "isAddressVerified">> {
	const userId = actor.kind === "user" ? actor.id : "";
	const { email, emailVerified, isAdministrator } = users;
	const [user] = await db.select({ email, emailVerified, isAdministrator }).from(users).where(eq(users.id, userId));
	return { email: user?.email ?? "", isAddressVerified: user !== undefined && isAddressVerified(user) };
}

/** The approval request, under the run's lock. Throws if the step does not wait for this decision (any more). */
async function lockQuestion(
	tx: TransactionSql,
	{ teamId, step, question }: Pick<NewDecision, "teamId" | "step" | "question">,
): Promise<Question> {
	const [run] = await tx`select 1 from runs where id = ${step.runId} and team_id = ${teamId} for update`;
	if (run === undefined) throw new WeftError("not_found", "There is no such run in this team.");
	const asked = await findAskedStep(tx, step);
	if (asked === undefined) throw new WeftError("not_found", "This step does not ask for a decision.");
	if (!asked.isWaiting)
		throw new WeftError("conflict", "This has been decided already. Look at the step to see by whom.");
	if (asked.question.question !== question)
		throw new WeftError("conflict", "It asks something else by now. Read it again.");
	return asked.question;
}

/** A declined form may be incomplete: only what an approval needs is required. */
function readValues(
	fields: Question["fields"],
	{ decision, values }: Pick<NewDecision, "decision" | "values">,
): JsonObject {
	const asked = decision === "approved" ? fields : fields.map((field) => ({ ...field, required: false }));
	const parsed = parseFormValues(asked, values);
	if (parsed.issues) throw formError("Some of the answers do not fit.", parsed.issues);
	return parsed.values;
}
