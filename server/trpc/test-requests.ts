import { callTRPCProcedure } from "@trpc/server";
import { newId } from "@/db/new-id";
import type { Viewer } from "@/server/auth/viewer";
import { testPlan } from "@/server/plan/test-plan";
import type { Caller } from "@/server/teams/caller";
import type { Context } from "./init";
import { appRouter } from "./router";

/** What a test's requests act on. */
export interface Target {
	team: string;
	slug: string;
	runId: string;
	credentialId: string;
	linkId: string;
	/** A member of the team. */
	memberId: string;
	invitationId: string;
}

/** For tests over all procedures: to each a request that is right, with everything filled in that it can say. */
export function requestsFor({
	team,
	slug,
	runId,
	credentialId,
	linkId,
	memberId,
	invitationId,
}: Target): Record<string, object> {
	const at = { team, slug };
	const run = { team, runId };
	const step = { ...run, nodeId: "ask", iteration: "0.1" };
	const requestId = crypto.randomUUID();
	const shows = { settings: true, inputs: true, outputs: true, logs: true };
	const plan = testPlan([{ id: "ask", type: "comment", name: "Ask", config: { text: "a" } }]);
	const scope = {
		steps: { ask: { output: { a: 1 } } },
		vars: { a: 1 },
		item: { a: 1 },
		iteration: { index: 1 },
		inputs: { a: 1 },
		trigger: { a: "b" },
		state: { a: "b" },
	};
	const period = { from: "2026-01-01T00:00:00Z", until: "2100-01-01T00:00:00Z" };
	return {
		"workflows.list": { team, archived: false },
		"workflows.get": at,
		"workflows.create": { team, name: "New" },
		"workflows.rename": { ...at, name: "Renamed", description: "a", newSlug: slug },
		"workflows.draft": at,
		"workflows.saveDraft": { ...at, plan, revision: 1, saveId: crypto.randomUUID(), unanswered: [crypto.randomUUID()] },
		"workflows.pin": { ...at, node: "ask", output: { a: ["b", 1] } },
		"workflows.unpin": { ...at, node: "ask" },
		"workflows.publish": { ...at, revision: 1, note: "a" },
		"workflows.versions": { ...at, before: 2, limit: 10 },
		"workflows.version": { ...at, version: 1 },
		"workflows.restore": { ...at, version: 1, revision: 1 },
		"workflows.importYaml": { team, yaml: "name: A\nversion: 1\nnodes: []", name: "A" },
		"workflows.exportYaml": { ...at, version: 1 },
		"workflows.duplicate": at,
		"workflows.archive": at,
		"workflows.unarchive": at,
		"workflows.remove": at,
		"templates.use": {
			...{ team, template: "site-uptime", name: "Used", inputs: { addresses: "a", slow_ms: 1, must_contain: "b" } },
			...{ credentials: { a: "b" }, model: "demo" },
		},
		"templates.publish": { ...at, category: "data", forInstance: true, note: "a" },
		"templates.newer": at,
		"templates.take": { ...at, plan, revision: 1, version: 2 },
		"templates.unpublish": { team, template: "a" },
		"templates.review": { template: "a", version: 1, verdict: "approved" },
		"runs.start": { ...at, input: { a: { b: ["c", 1] } }, requestId },
		"runs.startDraft": { ...at, revision: 1, input: { a: { b: ["c", 1] } }, requestId },
		"runs.lastOutputs": at,
		"runs.list": { ...at, before: 2, limit: 10 },
		"runs.get": { ...at, number: 1 },
		"runs.watch": { team, runs: [{ id: runId, after: 1 }], lastEventId: `${runId}:1` },
		"runs.step": step,
		"runs.logs": { ...step, after: 1, before: 2, limit: 10 },
		"runs.cancel": run,
		"runs.pause": run,
		"runs.resume": run,
		"runs.decide": { ...step, decision: "approved", values: { a: { b: "c" } } },
		"steps.try": { ...at, node: "ask", revision: 1, scope, requestId },
		"presence.watch": { ...at, tab: crypto.randomUUID() },
		"presence.update": { ...at, tab: crypto.randomUUID(), selected: ["ask"] },
		"presence.leave": { ...at, tab: crypto.randomUUID() },
		"credentials.list": { team },
		"credentials.set": { team, name: "NEW", type: "token", values: { token: "a" }, personal: false },
		"credentials.test": { team, id: credentialId, url: "http://127.0.0.1:9/" },
		"credentials.remove": { team, id: credentialId },
		"sharing.create": { ...run, name: "a", shows, hours: 1, password: "abcd" },
		"sharing.revoke": { team, id: linkId },
		"sharing.list": { team, runId },
		"sharing.preview": { ...run, shows },
		"sharing.policy": { team },
		"sharing.setPolicy": { team, isOn: true, maxDays: 1, needsPassword: true },
		"workers.list": { team },
		"teams.create": { name: "New" },
		"teams.delete": { team, name: "Nobody’s" },
		"members.list": { team },
		"members.whoCan": { team, permission: "run:start" },
		"members.changeRole": { team, userId: memberId, role: "operator" },
		"members.remove": { team, userId: memberId },
		"members.leave": { team },
		"invitations.list": { team },
		"invitations.create": { team, role: "viewer", email: "new@acme.example", maxUses: 1, days: 7 },
		"invitations.revoke": { team, id: invitationId },
		"audit.list": {
			...{ team, actor: memberId, action: "run.started", workflow: slug, before: "2", limit: 10 },
			...period,
		},
		"viewer.me": {},
		"account.get": {},
		"account.updateProfile": { name: "Ed", initials: "E", theme: "dark", timeZone: "Europe/Berlin" },
		"account.changePassword": { current: "the old password", password: "the new password" },
		"account.sessions": {},
		"account.endSession": { id: "none" },
		"account.endOtherSessions": {},
		"account.deletion": {},
		"account.delete": { email: "nobody@example.com" },
	};
}

/** Calls a procedure by its name with whatever stands for its input, as a request would. A stream is begun and left. */
export async function callByName(caller: Caller & { email: string }, path: string, input: unknown): Promise<unknown> {
	const ctx: Context = { database: caller.database, viewer: viewerOf(caller), address: "203.0.113.14" };
	const answer: unknown = await callTRPCProcedure({
		router: appRouter,
		path,
		getRawInput: async () => input,
		ctx,
		type: procedureOf(path).type,
		signal: AbortSignal.timeout(20_000),
		batchIndex: 0,
	});
	return isStream(answer) ? (await answer.next()).value : answer;
}

interface ProcedureInfo {
	type: "query" | "mutation" | "subscription";
	/** The schemas of its input. */
	inputs?: unknown[];
	meta?: { megabytes: number };
}

/** What a procedure is; tRPC keeps them by their whole name, and types them as a tree. */
export function procedureOf(path: string): ProcedureInfo {
	const procedures: Partial<Record<string, unknown>> = appRouter._def.procedures;
	return (procedures[path] as { _def: ProcedureInfo })._def;
}

function viewerOf({ actor, email }: Caller & { email: string }): Viewer {
	return { userId: actor.kind === "user" ? actor.id : "", name: email, email, session: { id: newId() } };
}

function isStream(answer: unknown): answer is AsyncIterator<unknown> {
	return typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
}
