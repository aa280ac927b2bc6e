import type { Database, Sql } from "@/db/client";
import type { FileStore } from "@/server/artifacts/file-store";
import type { Bill } from "@/server/llm/prices";
import type { FindProvider } from "@/server/llm/provider";
import type { SendStepMail } from "@/server/mail/step-mail";
import type { ExecuteContext } from "@/server/nodes/execute-context";
import type { Runner } from "@/server/runners/runner";
import type { Slots } from "./fair-slots";
import type { RunCache } from "./run-cache";
import type { RunContext } from "./run-context";
import type { RunSignals } from "./run-signals";
import type { OpenSecrets, RunSecrets } from "./secrets/run-secrets";

/** The services of a worker that its steps use. */
export interface StepServices {
	/** The worker's id: the owner of its claims. */
	worker: string;
	sql: Sql;
	database: Database;
	runner: Runner;
	files: FileStore;
	llm: FindProvider;
	bill: Bill;
	fetch: ExecuteContext["fetch"];
	resolve: ExecuteContext["resolve"];
	authorities?: ExecuteContext["authorities"];
	/** Sends the mails of steps. */
	mail: SendStepMail;
	/** What a run reads by references to secrets; those that lead to nothing are left out. */
	openSecrets: OpenSecrets;
	/** The secrets that must be redacted in a run. */
	secretsOf(run: RunContext): Promise<RunSecrets>;
	/** Limits how many steps execute at once, shared fairly between teams and workflows. */
	slots: Slots;
	/** The same, one at a time, for steps that may have killed their worker, so that they cannot fail each other. */
	suspectSlots: Slots;
	/** The same for CPU-bound work in this process. */
	cpuSlots: Slots;
	cache: RunCache;
	signals: RunSignals;
	/** Logs an error that is not the failure of a step. */
	warn(message: string, error: unknown): void;
}
