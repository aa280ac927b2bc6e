import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DbTransaction } from "@/db/client";
import type { Actor } from "@/server/runs/events";
import { createWorkflow } from "./create-workflow";
import { readWorkflowFile } from "./read-workflow-file";

/** Web, worker and command line go to the project's folder, where the files stay whatever is bundled. */
const folder = () => join(process.cwd(), "server/workflows/samples");
const SAMPLES = ["first-light", "health-check", "release-checklist", "guest-list"];

/** Gives a new team something to run. */
export async function installSamples(tx: DbTransaction, owner: { teamId: string; actor: Actor }): Promise<void> {
	for (const slug of SAMPLES) {
		const text = await readFile(join(folder(), `${slug}.workflow.yml`), "utf8");
		await createWorkflow(tx, { ...(await readWorkflowFile(text)), ...owner });
	}
}
