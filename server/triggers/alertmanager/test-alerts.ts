import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { alerts } from "@/db/schema/alerts";
import { runs } from "@/db/schema/runs";
import { deliveries } from "@/db/schema/triggers";
import { testPlan } from "@/server/plan/test-plan";
import type { TestTeam } from "@/server/teams/test-team";
import { createWorkflow } from "@/server/workflows/create-workflow";
import { insertVersion } from "@/server/workflows/insert-version";
import { showAddress } from "../hooks/address/hook-address";
import { receiveRequest } from "../hooks/receive/receive-request";
import { alertmanagerConfigSchema } from "./settings/alertmanager-config";

/** A published workflow that alerts start, for tests. @param more other fields of its plan */
export async function createAlertHook(
	{ database, team }: { database: Database; team: TestTeam },
	settings: object = {},
	more: object = {},
) {
	const config = alertmanagerConfigSchema.parse({ type: "alertmanager", id: "alerts", ...settings });
	const plan = testPlan([{ id: "say", name: "Say", config: { command: "echo" } }], [], { triggers: [config], ...more });
	const { actor } = team.members.editor;
	const workflow = { teamId: team.id, actor, name: `Investigate ${crypto.randomUUID()}`, description: "", plan };
	const { id, slug } = await database.db.transaction(async (tx) => {
		const created = await createWorkflow(tx, workflow);
		await insertVersion(tx, {
			...{ teamId: team.id, workflowId: created.id, plan: workflow.plan },
			publishedBy: actor.kind === "user" ? actor.id : null,
		});
		return created;
	});
	const ref = { team: team.slug, slug, key: config.id };
	const { address } = await showAddress(team.members.editor, ref);
	return {
		id,
		ref,
		address,
		send: (body: unknown, { headers = {}, by = database }: { headers?: Record<string, string>; by?: Database } = {}) =>
			sendNotice(by, address, { body, headers }),
		runs: () => database.db.select().from(runs).where(eq(runs.workflowId, id)).orderBy(runs.number),
		deliveries: () =>
			database.db.select().from(deliveries).where(eq(deliveries.workflowId, id)).orderBy(deliveries.at, deliveries.id),
		episodes: (fingerprint: string) =>
			database.db.select().from(alerts).where(eq(alerts.fingerprint, fingerprint)).orderBy(alerts.startsAt),
	};
}

async function sendNotice(
	database: Database,
	address: string,
	{ body, headers }: { body: unknown; headers: Record<string, string> },
): Promise<Response> {
	const token = new URL(address).pathname.split("/").at(-1) ?? "";
	const init = {
		method: "POST",
		body: JSON.stringify(body),
		headers: { "content-type": "application/json", ...headers },
	};
	return await receiveRequest(database, new Request(address, init), token);
}

/** An alert as Alertmanager sends it. */
export function testAlert(fingerprint: string, more: Record<string, unknown> = {}) {
	return {
		status: "firing",
		labels: { alertname: "HighCpu", severity: "critical", instance: fingerprint },
		annotations: { summary: `The CPU of ${fingerprint} is at 97 %` },
		startsAt: "2026-11-29T10:00:00.123456789Z",
		endsAt: "0001-01-01T00:00:00Z",
		generatorURL: "http://prometheus.example:9090/graph?g0.expr=cpu",
		fingerprint,
		...more,
	};
}

/** A notification with these alerts. */
export function testNotice(alerts: readonly ReturnType<typeof testAlert>[], more: Record<string, unknown> = {}) {
	return {
		version: "4",
		groupKey: '{}:{alertname="HighCpu"}',
		truncatedAlerts: 0,
		status: "firing",
		receiver: "weft",
		groupLabels: { alertname: "HighCpu" },
		commonLabels: { alertname: "HighCpu" },
		commonAnnotations: {},
		externalURL: "http://alertmanager.example:9093",
		alerts,
		...more,
	};
}
