import type { TestProcedures } from "./test-procedure";
import { FITS, MANY_VALUES, WAITING_STEP } from "./test-values";

export const runsProcedures = {
	start: {
		request: ({ team, slug }) => ({ team, slug, input: { a: { b: ["c", 1] } }, requestId: crypto.randomUUID() }),
		rule: {
			least: "operator",
			aimsAt: "workflow",
			call: (client, at) => client.runs.start({ ...at, input: {}, requestId: crypto.randomUUID() }),
		},
		asks: ["run:start"],
		worst: { input: () => ({ input: { big: Array.from(MANY_VALUES, () => ({})) } }), answers: "too large" },
	},
	startDraft: {
		request: ({ team, slug }) => ({
			team,
			slug,
			revision: 1,
			input: { a: { b: ["c", 1] } },
			key: "orders",
			again: 1,
			requestId: crypto.randomUUID(),
		}),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.runs.startDraft({ ...at, revision: 1, input: {}, requestId: crypto.randomUUID() }),
		},
		asks: ["workflow:edit"],
		worst: {
			input: () => ({ key: undefined, again: undefined, input: { big: Array.from(MANY_VALUES, () => ({})) } }),
			answers: "too large",
		},
	},
	lastOutputs: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "viewer", aimsAt: "workflow", call: (client, at) => client.runs.lastOutputs(at) },
		worst: FITS,
	},
	list: {
		request: ({ team, slug }) => ({ team, slug, before: 2, limit: 10 }),
		rule: { least: "viewer", aimsAt: "workflow", call: (client, at) => client.runs.list(at) },
		worst: { input: () => ({ before: undefined, limit: 100 }), ...FITS },
	},
	get: {
		request: ({ team, slug }) => ({ team, slug, number: 1 }),
		rule: { least: "viewer", aimsAt: "workflow", call: (client, at) => client.runs.get({ ...at, number: 1 }) },
		worst: FITS,
	},
	watch: {
		request: ({ team, runId }) => ({ team, runs: [{ id: runId, after: 1 }], lastEventId: `${runId}:1` }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: async (client, { team, runId }) => {
				const stream = await client.runs.watch({ team, runs: [{ id: runId, after: 0 }] });
				for await (const _batch of stream) return;
			},
		},
		worst: { input: ({ runId }) => ({ runs: [{ id: runId, after: 0 }], lastEventId: null }), ...FITS },
	},
	step: {
		request: ({ team, runId }) => ({ team, runId, nodeId: "ask", iteration: "0.1" }),
		rule: { least: "viewer", aimsAt: "run", call: (client, at) => client.runs.step({ ...at, ...WAITING_STEP }) },
		worst: FITS,
	},
	attemptRecord: {
		request: ({ team, runId }) => ({ team, runId, nodeId: "ask" }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: (client, { team, runId }) => client.runs.attemptRecord({ team, runId, nodeId: "ask" }),
		},
		worst: FITS,
	},
	eventWait: {
		request: ({ team, runId }) => ({ team, runId, nodeId: "ask", iteration: "0.1" }),
		rule: { least: "viewer", aimsAt: "run", call: (client, at) => client.runs.eventWait({ ...at, ...WAITING_STEP }) },
		worst: FITS,
	},
	files: {
		request: ({ team, runId }) => ({ team, runId }),
		rule: { least: "viewer", aimsAt: "run", call: (client, at) => client.runs.files(at) },
		worst: FITS,
	},
	removeFile: {
		request: ({ team, runId }) => ({ team, runId, id: "none" }),
		rule: {
			least: "editor",
			aimsAt: "run",
			call: (client, at) => client.runs.removeFile({ ...at, id: "none" }),
		},
		asks: ["run:remove-files"],
		worst: { answers: "refused" },
	},
	turn: {
		request: ({ team, runId }) => ({ team, runId, nodeId: "ask", iteration: "0.1", turn: 1 }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: (client, at) => client.runs.turn({ ...at, ...WAITING_STEP, turn: 1 }),
		},
		worst: { answers: "refused" },
	},
	fork: {
		request: ({ team, runId }) => ({
			...{ team, runId, nodeId: "ask", iteration: "0.1", turn: 1, results: { a: "b" }, message: "Go on." },
			changes: { prompt: "a", instructions: "b", model: "c" },
			requestId: crypto.randomUUID(),
		}),
		rule: {
			least: "operator",
			aimsAt: "run",
			call: (client, at) =>
				client.runs.fork({ ...at, ...WAITING_STEP, turn: 1, changes: {}, requestId: crypto.randomUUID() }),
		},
		asks: ["run:start"],
		worst: { answers: "refused" },
	},
	logs: {
		request: ({ team, runId }) => ({ team, runId, nodeId: "ask", iteration: "0.1", after: 1, before: 2, limit: 10 }),
		rule: { least: "viewer", aimsAt: "run", call: (client, at) => client.runs.logs({ ...at, ...WAITING_STEP }) },
		worst: { input: () => ({ after: 0, before: undefined, limit: 1_000 }), ...FITS },
	},
	cancel: {
		request: ({ team, runId }) => ({ team, runId }),
		rule: { least: "operator", aimsAt: "run", call: (client, at) => client.runs.cancel(at) },
		asks: ["run:control"],
		worst: FITS,
	},
	pause: {
		request: ({ team, runId }) => ({ team, runId }),
		rule: { least: "operator", aimsAt: "run", call: (client, at) => client.runs.pause(at) },
		asks: ["run:control"],
		worst: { answers: "refused" },
	},
	resume: {
		request: ({ team, runId }) => ({ team, runId }),
		rule: { least: "operator", aimsAt: "run", call: (client, at) => client.runs.resume(at) },
		asks: ["run:control"],
		worst: { answers: "refused" },
	},
	decide: {
		request: ({ team, runId }) => ({
			team,
			runId,
			nodeId: "ask",
			iteration: "0.1",
			decision: "approved",
			values: { a: { b: "c" } },
			question: "1 call",
		}),
		rule: {
			least: "operator",
			aimsAt: "run",
			call: (client, at) => client.runs.decide({ ...at, ...WAITING_STEP, decision: "approved", values: {} }),
		},
		asks: ["run:decide"],
		worst: {
			input: () => ({ question: undefined, values: { big: Array.from(MANY_VALUES, () => ({})) } }),
			answers: "too large",
		},
	},
} satisfies TestProcedures<"runs">;
