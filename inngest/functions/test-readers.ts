import { expect } from "vitest";
import { filmPage } from "@/components/runs/film/file/film-page";
import type { Database } from "@/db/client";
import { lookUpMentions } from "@/server/comments/look-up-mentions";
import type { Mail } from "@/server/mail/mailer";
import { sendMails } from "@/server/notifications/mail/send-mails";
import { createRunLink } from "@/server/sharing/create-link";
import { downloadFilm, visitFilm } from "@/server/sharing/download-film";
import { ask, readStream, visitorAt } from "@/server/sharing/test-visit";
import { visitPicture } from "@/server/sharing/visit-picture";
import { exportAudit } from "@/server/teams/audit/export-audit";
import type { TestTeam } from "@/server/teams/test-team";
import { callByName, procedureOf, requestsFor } from "@/server/trpc/test-requests";

/** A run of the team “acme”, and who looks at it. */
export interface Seen {
	database: Database;
	team: TestTeam;
	runId: string;
}

/** Every text in a value, names of fields included. */
function textsOf(value: unknown): string[] {
	if (typeof value === "string") return [value];
	if (typeof value !== "object" || value === null) return value === undefined ? [] : [String(value)];
	return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

/** Everything that stands in the database, whatever the table. */
export async function readStored({ sql }: Database): Promise<string[]> {
	const tables = await sql<{ name: string }[]>`
		select format('%I.%I', table_schema, table_name) as name from information_schema.tables
		where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
	const known = ["run_events", "audit_log", "run_comments", "notifications", "template_versions"];
	expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(known.map((name) => `public.${name}`)));
	const rows = tables.map(({ name }) => sql.unsafe(`select to_jsonb(t) as row from ${name} t`));
	return (await Promise.all(rows)).flatMap((found) => textsOf(found));
}

/** Everything that a member may be sent about a run, streams included. */
export async function readSent({ database, team, runId }: Seen): Promise<string[]> {
	const [run] = await database.sql<{ slug: string }[]>`
		select w.slug from runs r join workflows w on w.id = r.workflow_id where r.id = ${runId}`;
	const none = { credentialId: "", linkId: "", invitationId: "" };
	const target = { team: "acme", slug: run?.slug ?? "", runId, memberId: team.members.viewer.userId, ...none };
	const places = await placesOf(database, runId);
	const ofRun = { team: "acme", runId };
	const asked = Object.entries(requestsFor(target)).flatMap(([name, request]): (readonly [string, object])[] => {
		// The run's workflow has no webhook whose address could be shown.
		if (procedureOf(name).type === "mutation" || name === "triggers.address") return [];
		if (name === "runs.watch") return [[name, { team: "acme", runs: [{ id: runId, after: 0 }] }]];
		if (name === "runs.turn") {
			const agents = places.filter(({ type }) => type === "agent");
			return agents.map(({ nodeId, iteration }) => [name, { ...ofRun, nodeId, iteration, turn: 1 }]);
		}
		if (name === "comments.list") return places.map(({ nodeId }) => [name, { ...ofRun, nodeId }]);
		if (name === "inbox.list" || name === "audit.list") return [[name, { team: "acme", limit: 50 }]];
		if (name !== "runs.step" && name !== "runs.logs") return [[name, request]];
		return places.map(({ nodeId, iteration }) => [name, { ...ofRun, nodeId, iteration }]);
	});
	const answers = asked.map(([name, request]) => callByName(team.members.owner, name, request).then(textsOf));
	return (await Promise.all(answers)).flat();
}

async function placesOf({ sql }: Database, runId: string) {
	return await sql<{ nodeId: string; iteration: string; type: string }[]>`
		select s.node_id as "nodeId", s.iteration, n->>'type' as type
		from run_steps s join runs r on r.id = s.run_id join plans p on p.team_id = r.team_id and p.hash = r.plan_hash
		join lateral jsonb_array_elements(p.plan::jsonb->'nodes') n on n->>'id' = s.node_id
		where s.run_id = ${runId}`;
}

const SHOWS = { settings: true, inputs: true, outputs: true, logs: true };

/** Everything that leaves by a link of a run that shows all it can, and by its film. */
export async function readShared({ database, team, runId }: Seen): Promise<string[]> {
	const link = { team: "acme", runId, name: "", shows: SHOWS };
	const { token } = await createRunLink(team.members.owner, link);
	const visitor = visitorAt(database, `192.0.2.${Math.floor(Math.random() * 256)}`);
	const places = await placesOf(database, runId);
	const answers = await Promise.all([
		ask(visitor, "run", { token }),
		ask(visitor, "events", { token, after: 0 }),
		ask(visitor, "logs", { token, after: 0 }),
		...places.flatMap(({ nodeId, iteration }) =>
			["step", "logs"].map((name) => ask(visitor, name, { token, nodeId, iteration })),
		),
	]);
	expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
	const films = [
		await downloadFilm(team.members.owner, { team: "acme", runId, ...SHOWS }),
		await visitFilm(visitor, { token }),
	];
	return [
		...(await Promise.all(answers.map(async (answer) => textsOf(await answer.json())))).flat(),
		await readStream(await ask(visitor, "watch", { token }), '"run.'),
		...(await Promise.all(films.map((film) => filmPage(film)))),
		...films.flatMap(textsOf),
		...textsOf(await visitPicture(visitor, token)),
	];
}

/** Everything that is mailed to anybody by now, mentions of steps included. */
export async function readMails({ sql }: Database): Promise<Mail[]> {
	await lookUpMentions(sql);
	await sql`update notifications set mail_at = now() - interval '1 second' where mail_at is not null`;
	await sql`update notifications set mailed_at = mailed_at - interval '2 hours'`;
	const mails: Mail[] = [];
	const send = async (mail: Mail) => void mails.push(mail);
	await sendMails(sql, { send, addressOf: (path) => `https://weft.example${path}`, onlyVerified: false });
	return mails;
}

/** The audit log of the team, in each of the forms in which it can be taken elsewhere. */
export async function readAuditExports({ members }: TestTeam): Promise<string[]> {
	const pieces: string[] = [];
	for (const format of ["csv", "jsonl"] as const)
		for await (const piece of exportAudit(members.owner, { team: "acme", format })) pieces.push(piece);
	return pieces;
}
