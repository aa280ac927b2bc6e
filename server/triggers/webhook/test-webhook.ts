import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { deliveries } from "@/db/schema/triggers";
import { setCredential } from "@/server/credentials/set-credential";
import { testPlan } from "@/server/plan/test-plan";
import type { TestTeam } from "@/server/teams/test-team";
import type { Trigger } from "../catalog";
import { showAddress } from "../hooks/address/hook-address";
import { receiveRequest } from "../hooks/receive/receive-request";
import { publishTestWorkflow } from "../test-published";
import { webhookConfigSchema } from "./settings/webhook-config";

interface Hooked {
	database: Database;
	team: TestTeam;
}

/** A published workflow that a webhook starts, for tests. @param more other fields of its plan */
export async function createHook(hooked: Hooked, settings: object = {}, more: object = {}) {
	return await createTriggered(hooked, webhookConfigSchema.parse({ type: "webhook", id: "orders", ...settings }), more);
}

/** The same for a trigger of any kind that has an address. */
export async function createTriggered(
	{ database, team }: Hooked,
	config: Exclude<Trigger, { type: "manual" }>,
	more: object = {},
) {
	const plan = testPlan([{ id: "say", name: "Say", config: { command: "echo" } }], [], { triggers: [config], ...more });
	const { id, slug } = await publishTestWorkflow({ database, team }, plan);
	const ref = { team: team.slug, slug, key: config.id };
	const { address } = await showAddress(team.members.editor, ref);
	return {
		id,
		ref,
		address,
		send: (init: RequestInit = {}, path = "") => sendTo(database, `${address}${path}`, init),
		runs: () => database.db.select().from(runs).where(eq(runs.workflowId, id)).orderBy(runs.number),
		deliveries: () =>
			database.db.select().from(deliveries).where(eq(deliveries.workflowId, id)).orderBy(deliveries.at, deliveries.id),
	};
}

/** Sends a request to an address, a POST unless it says otherwise. */
export async function sendTo(database: Database, address: string, init: RequestInit = {}): Promise<Response> {
	const token = new URL(address).pathname.split("/").at(-1) ?? "";
	return await receiveRequest(database, new Request(address, { method: "POST", ...init }), token);
}

export function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
	return { body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
}

/** Saves a token of the team. */
export async function setToken(team: TestTeam, name: string, token: string): Promise<void> {
	await setCredential(team.members.admin, { team: team.slug, name, type: "token", values: { token } });
}
