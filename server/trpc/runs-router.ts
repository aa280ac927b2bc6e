import { tracked } from "@trpc/server";
import { listFiles, listFilesInput } from "@/server/artifacts/list-files";
import { removeFile, removeFileInput } from "@/server/artifacts/remove-file";
import { forkTurn, forkTurnInput } from "@/server/runs/fork/fork-turn";
import { readTurn, readTurnInput } from "@/server/runs/fork/read-turn";
import { getRun, getRunInput } from "@/server/runs/read/get-run";
import { listLastOutputs } from "@/server/runs/read/list-last-outputs";
import { listRuns, listRunsInput } from "@/server/runs/read/list-runs";
import { readAttemptRecord, readAttemptRecordInput } from "@/server/runs/read/read-attempt-record";
import { readEventWait, readEventWaitInput } from "@/server/runs/read/read-event-wait";
import { readLogs, readLogsInput } from "@/server/runs/read/read-logs";
import { readStep, readStepInput } from "@/server/runs/read/read-step";
import { cancelRun, cancelRunInput } from "@/server/runs/verbs/cancel-run";
import { decideApproval, decideApprovalInput } from "@/server/runs/verbs/decide-approval";
import { pauseRun, pauseRunInput } from "@/server/runs/verbs/pause-run";
import { resumeRun, resumeRunInput } from "@/server/runs/verbs/resume-run";
import { startDraftRun, startDraftRunInput } from "@/server/runs/verbs/start-draft-run";
import { startRun, startRunInput } from "@/server/runs/verbs/start-run";
import { watchRuns, watchRunsInput } from "@/server/runs/watch/watch-runs";
import { workflowRefInput } from "@/server/workflows/workflow-ref";
import { largeProcedure, procedure, router } from "./init";
import { toTrpcError } from "./to-trpc-error";

export const runsRouter = router({
	start: largeProcedure(3)
		.input(startRunInput)
		.mutation(({ ctx, input }) => startRun(ctx.caller, input)),
	startDraft: largeProcedure(3)
		.input(startDraftRunInput)
		.mutation(({ ctx, input }) => startDraftRun(ctx.caller, input)),
	lastOutputs: largeProcedure(3)
		.input(workflowRefInput)
		.query(({ ctx, input }) => listLastOutputs(ctx.caller, input)),
	list: largeProcedure(3)
		.input(listRunsInput)
		.query(({ ctx, input }) => listRuns(ctx.caller, input)),
	get: largeProcedure(8)
		.input(getRunInput)
		.query(({ ctx, input }) => getRun(ctx.caller, input)),
	/** Errors of a stream do not pass the procedure's middleware: they are mapped here. */
	watch: procedure
		.meta({ megabytes: 4 })
		.input(watchRunsInput)
		.subscription(async function* ({ ctx, input, signal, path }) {
			try {
				for await (const batch of watchRuns(ctx.caller, input, { signal: signal ?? new AbortController().signal })) {
					yield tracked(`${batch.runId}:${batch.events.at(-1)?.seq ?? 0}`, batch);
				}
			} catch (error) {
				throw toTrpcError(error, path);
			}
		}),
	step: largeProcedure(4)
		.input(readStepInput)
		.query(({ ctx, input }) => readStep(ctx.caller, input)),
	attemptRecord: procedure
		.input(readAttemptRecordInput)
		.query(({ ctx, input }) => readAttemptRecord(ctx.caller, input)),
	eventWait: procedure.input(readEventWaitInput).query(({ ctx, input }) => readEventWait(ctx.caller, input)),
	files: largeProcedure(2)
		.input(listFilesInput)
		.query(({ ctx, input }) => listFiles(ctx.caller, input)),
	removeFile: procedure.input(removeFileInput).mutation(({ ctx, input }) => removeFile(ctx.caller, input)),
	turn: largeProcedure(8)
		.input(readTurnInput)
		.query(({ ctx, input }) => readTurn(ctx.caller, input)),
	fork: largeProcedure(3)
		.input(forkTurnInput)
		.mutation(({ ctx, input }) => forkTurn(ctx.caller, input)),
	logs: largeProcedure(2)
		.input(readLogsInput)
		.query(({ ctx, input }) => readLogs(ctx.caller, input)),
	cancel: procedure.input(cancelRunInput).mutation(({ ctx, input }) => cancelRun(ctx.caller, input)),
	pause: procedure.input(pauseRunInput).mutation(({ ctx, input }) => pauseRun(ctx.caller, input)),
	resume: procedure.input(resumeRunInput).mutation(({ ctx, input }) => resumeRun(ctx.caller, input)),
	decide: largeProcedure(2)
		.input(decideApprovalInput)
		.mutation(({ ctx, input }) => decideApproval(ctx.caller, input)),
});
