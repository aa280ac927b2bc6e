import type { Sql } from "@/db/client";
import type { LlmProvider } from "@/server/llm/provider";
import type { ExecuteContext } from "@/server/nodes/execute-context";
import type { Runner } from "@/server/runners/runner";
import type { Slots } from "./fair-slots";
import type { RunContext } from "./run-context";
import type { RunMemory } from "./run-memory";
import type { RunSignals } from "./run-signals";
import type { OpenSecrets, RunSecrets } from "./secrets/run-secrets";

/** The services of a worker that its steps use. */
export interface StepServices {
	/** The worker's id: the owner of its claims. */
	worker: string;
	sql: Sql;
	runner: Runner;
	llm(provider: string): LlmProvider;
	fetch: ExecuteContext["fetch"];
	/** The values of a team's secrets by name; the names it does not have are left out. */
	openSecrets: OpenSecrets;
	/** What must be hidden of a run, and what is kept of it sealed. */
	secretsOf(run: RunContext): Promise<RunSecrets>;
	/** Lets so many steps execute at once, shared fairly between teams and workflows, and queues the others. */
	slots: Slots;
	/** The same, one at a time, for steps that may have killed their worker: the one that does takes no other with it. */
	suspectSlots: Slots;
	/** The same for work that computes in this process. */
	turns: Slots;
	memory: RunMemory;
	signals: RunSignals;
	/** Reports what went wrong without being any step's failure. */
	warn(message: string, error: unknown): void;
}
