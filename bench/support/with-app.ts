import { type Database, openDatabase } from "../../db/client";
import { startEmbeddedPostgres } from "../../db/embedded-postgres";
import { insertWorkflow, startWorkflow } from "../../inngest/functions/test-runs";
import { ensureBuilt } from "../../server/launcher/build";
import { findFreePort, findPart, newDataDirectory, startLauncher } from "../../server/launcher/test-launcher";
import type { Plan } from "../../server/plan/plan";
import { insertLink } from "../../server/sharing/create-link";

/** The app as `npm start` runs it, with the demo team in it. */
export interface AppFixture {
	database: Database;
	origin: string;
	/** The processes of the web server and of the worker. */
	webPid(): number;
	workerPid(): number;
	/** Stores a plan as a workflow of the demo team; returns its id. */
	store(plan: Plan): Promise<string>;
	/** Starts a run of a stored plan; returns its id, and the token of a link that shows all of it. */
	startShared(workflowId: string, plan: Plan): Promise<{ runId: string; token: string }>;
	/** The token of a link that shows what is published of a workflow. */
	shareWorkflow(workflowId: string): Promise<string>;
}

export async function withApp<Answer>(measure: (fixture: AppFixture) => Promise<Answer>): Promise<Answer> {
	await ensureBuilt(process.cwd());
	const data = newDataDirectory();
	const port = String(await findFreePort());
	const launcher = startLauncher({ WEFT_DATA_DIR: data.directory, PORT: port, WEFT_DEMO_LOGIN: "on" });
	await launcher.ready();
	const { url } = await startEmbeddedPostgres({ directory: data.directory });
	const database = openDatabase(url, { max: 4 });
	try {
		const { origin } = launcher;
		const webPid = () => findPart(data.directory, "web");
		const workerPid = () => findPart(data.directory, "worker");
		return await measure({ database, origin, webPid, workerPid, ...(await storeInDemoTeam(database)) });
	} finally {
		await database.close();
		launcher.kill("SIGTERM");
		await launcher.ended;
		data.remove();
	}
}

/** All that a link can show. */
const SHARED = {
	version: null,
	actor: { kind: "system", name: "bench" },
	terms: { name: "", shows: { settings: true, inputs: true, outputs: true, logs: true } },
} as const;

async function storeInDemoTeam(
	database: Database,
): Promise<Pick<AppFixture, "store" | "startShared" | "shareWorkflow">> {
	const [team] = await database.sql<{ id: string }[]>`select id from teams where slug = 'demo'`;
	if (!team) throw new Error("There is no demo team.");
	const teamId = team.id;
	return {
		store: (plan) => insertWorkflow(database, teamId, plan),
		async startShared(workflowId, plan) {
			const { runId } = await startWorkflow(database, { teamId, workflowId, plan });
			const { token } = await insertLink(database.db, { ...SHARED, teamId, workflowId, runId });
			return { runId, token };
		},
		async shareWorkflow(workflowId) {
			const { token } = await insertLink(database.db, { ...SHARED, teamId, workflowId, runId: null });
			return token;
		},
	};
}
