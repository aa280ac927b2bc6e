import { openDatabase } from "@/db/client";
import { listChores } from "@/server/runs/chores/list-chores";
import { startLiveness } from "@/server/runs/workers/worker-liveness";
import { createInngest } from "../client";
import { createStepServices } from "../create-step-services";
import { createRunPlan } from "../functions/run-plan";
import { runChores } from "../run-chores";
import { silentLogger } from "../scenarios/silent-logger";
import { joinByConnect } from "./join-by-connect";

/*
 * A worker of an Inngest server for the tests: a process of its own, to be killed. Arguments: the database's URL, the app's
 * id (which several workers share) and the worker's.
 */
const [url = "", app = "", id = ""] = process.argv.slice(2);
const database = openDatabase(url, { max: 8 });
await startLiveness(url, { id, engine: "inngest", onError: console.error });
const inngest = createInngest({ id: app, logger: silentLogger });
const functions = [createRunPlan(inngest, await createStepServices(database, id))];
await joinByConnect({ inngest, functions, id, concurrency: 16 }).chore?.run();
runChores(listChores(database), silentLogger);
process.send?.("joined");
