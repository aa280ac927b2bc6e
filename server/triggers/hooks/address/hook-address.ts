import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike, DbTransaction } from "@/db/client";
import { hooks } from "@/db/schema/triggers";
import { unseal } from "@/server/credentials/seal";
import { openTeamKey } from "@/server/credentials/team-key";
import { getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { publicAddress } from "@/server/public-address";
import type { AuditAction } from "@/server/teams/audit-action";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";
import { findWorkflowId } from "@/server/workflows/workflow-ref";
import { findTrigger, type triggerRefInput } from "../../trigger-ref";
import { makeToken } from "./ensure-hook";
import { hookBinding } from "./hook-binding";

type Ref = z.infer<typeof triggerRefInput>;
type HookRow = typeof hooks.$inferSelect;

/** Where requests of a published webhook are sent, the address before included while it is valid. */
export async function showAddress({ database: { db }, actor }: Caller, ref: Ref) {
	const { team } = await requireMember(db, actor, ref.team, "workflow:edit");
	const hook = await findHook(db, team.id, ref);
	const keys = await openTeamKey(db, getMasterSecrets(), team.id);
	const open = (sealed: string) => hookAddress(unseal(keys, sealed, hookBinding(hook.id)).toString("utf8"));
	return {
		address: open(hook.sealed),
		former: hook.formerSealed === null ? null : open(hook.formerSealed),
		isShared: hook.workflowId === null,
		rotatedAt: hook.rotatedAt,
	};
}

/** The address of a hook, for whoever may edit the workflows of its team; null for one that is gone. */
export async function openAddress(db: DbLike, teamId: string, hookId: string): Promise<string | null> {
	const [hook] = await db.select({ sealed: hooks.sealed }).from(hooks).where(eq(hooks.id, hookId));
	if (!hook) return null;
	const keys = await openTeamKey(db, getMasterSecrets(), teamId);
	return hookAddress(unseal(keys, hook.sealed, hookBinding(hookId)).toString("utf8"));
}

/** Makes another address. The present one stays valid beside it, until it is ended or the address is replaced again. */
export async function replaceAddress(caller: Caller, ref: Ref): Promise<void> {
	await changeHook(caller, ref, async (tx, hook) => {
		const { hash, sealed } = await makeToken(tx, hook);
		const former = { formerHash: hook.tokenHash, formerSealed: hook.sealed };
		await tx
			.update(hooks)
			.set({ tokenHash: hash, sealed, ...former, rotatedAt: new Date() })
			.where(eq(hooks.id, hook.id));
		return "trigger.address_replaced";
	});
}

/** Requests to the address before the present one are as unknown as any other from now on. */
export async function endFormerAddress(caller: Caller, ref: Ref): Promise<void> {
	await changeHook(caller, ref, async (tx, hook) => {
		if (hook.formerHash === null) return undefined;
		await tx.update(hooks).set({ formerHash: null, formerSealed: null }).where(eq(hooks.id, hook.id));
		return "trigger.address_ended";
	});
}

async function changeHook(
	{ database: { db }, actor }: Caller,
	ref: Ref,
	change: (tx: DbTransaction, hook: HookRow) => Promise<AuditAction | undefined>,
): Promise<void> {
	const { team } = await requireMember(db, actor, ref.team, "workflow:edit");
	await db.transaction(async (tx) => {
		const { id } = await findHook(tx, team.id, ref);
		const [hook] = await tx.select().from(hooks).where(eq(hooks.id, id)).for("update");
		const action = hook && (await change(tx, hook));
		if (!action) return;
		const target = { type: "workflow", id: await findWorkflowId(tx, team.id, ref.slug) };
		await writeAudit(tx, { teamId: team.id, actor, action, target, detail: { name: ref.key } });
	});
}

async function findHook(db: DbLike, teamId: string, { slug, key }: Ref): Promise<HookRow> {
	const { hookId } = await findTrigger(db, await findWorkflowId(db, teamId, slug), key);
	const [hook] = hookId === null ? [] : await db.select().from(hooks).where(eq(hooks.id, hookId));
	if (hook) return hook;
	throw new WeftError(
		"invalid",
		`“${key}” has no address: no request starts it. Add a trigger that has one, such as Webhook.`,
	);
}

function hookAddress(token: string): string {
	return publicAddress(`/api/hooks/${token}`, getEnv());
}
