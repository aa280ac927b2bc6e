import { type Plan, planSchema } from "@/server/plan/plan";
import type { Actor } from "@/server/runs/events";
import { initialRunState, type RunState, type StepPhase, type StepState, stepKey } from "@/server/runs/state";

/** The run that the signed-out pages show: a plan and events as real ones are, so the picture cannot lie. */
export const PICTURE_PLAN: Plan = planSchema.parse({
	version: 1,
	nodes: [
		{
			id: "checkout",
			type: "shell",
			name: "Check out",
			config: { command: "git clone $REPO ." },
			position: { x: 248, y: 84 },
		},
		{ id: "install", type: "shell", name: "Install", config: { command: "npm ci" }, position: { x: 496, y: 84 } },
		{ id: "lint", type: "shell", name: "Lint", config: { command: "npm run lint" }, position: { x: 744, y: 0 } },
		{ id: "test", type: "shell", name: "Unit tests", config: { command: "npm test" }, position: { x: 744, y: 84 } },
		{
			id: "health",
			type: "http-request",
			name: "Staging is up",
			config: { method: "GET", url: "https://staging" },
			position: { x: 744, y: 168 },
		},
		{
			id: "summary",
			type: "llm",
			name: "Summarise",
			config: { provider: "demo", prompt: "Summarise" },
			position: { x: 0, y: 284 },
		},
		{
			id: "green",
			type: "condition",
			name: "Checks green?",
			config: { when: "steps.test.output.exitCode == 0" },
			position: { x: 248, y: 284 },
		},
		{ id: "ship", type: "approval", name: "Ship it?", config: { message: "Ship it?" }, position: { x: 496, y: 284 } },
		{
			id: "explain",
			type: "comment",
			name: "Explain the block",
			config: { text: "Not green" },
			position: { x: 496, y: 368 },
		},
		{
			id: "regions",
			type: "for-each",
			name: "For each region",
			config: { items: "{{ inputs.regions }}" },
			position: { x: 0, y: 484 },
		},
		{
			id: "deploy",
			type: "shell",
			name: "Deploy",
			parent: "regions",
			config: { command: "./deploy.sh" },
			position: { x: 24, y: 52 },
		},
		{
			id: "probe",
			type: "http-request",
			name: "Health check",
			parent: "regions",
			config: { method: "GET", url: "/up" },
			position: { x: 272, y: 52 },
		},
		{
			id: "report",
			type: "output",
			name: "Report",
			config: { fields: { regions: "{{ steps.regions.output.results }}" } },
			position: { x: 544, y: 536 },
		},
	],
	edges: [
		{ from: "checkout", to: "install" },
		{ from: "install", to: "lint" },
		{ from: "install", to: "test" },
		{ from: "install", to: "health" },
		{ from: "lint", to: "summary" },
		{ from: "test", to: "summary" },
		{ from: "health", to: "summary" },
		{ from: "summary", to: "green" },
		{ from: "green", port: "true", to: "ship" },
		{ from: "green", port: "false", to: "explain" },
		{ from: "ship", port: "approved", to: "regions" },
		{ from: "deploy", to: "probe" },
		{ from: "regions", to: "report" },
	],
});

const SECOND = 1_000;
const MARA: Actor = { kind: "user", id: "mara", name: "Mara Lindqvist" };

interface PictureStep {
	id: string;
	iteration?: string;
	/** Seconds since the run began. */
	start: number;
	/** Left out while it runs. */
	end?: number;
	port?: string;
	skipped?: boolean;
	/** The attempt that is shown, of three. */
	attempt?: number;
}

const STEPS: readonly PictureStep[] = [
	{ id: "checkout", start: 0, end: 1.8 },
	{ id: "install", start: 1.8, end: 23.2 },
	{ id: "lint", start: 23.2, end: 32.4 },
	{ id: "test", start: 23.2, end: 74.6, attempt: 2 },
	{ id: "health", start: 23.2, end: 24.1 },
	{ id: "summary", start: 74.6, end: 81.2 },
	{ id: "green", start: 81.2, end: 81.3, port: "true" },
	{ id: "explain", start: 81.3, skipped: true },
	{ id: "ship", start: 81.3, end: 100, port: "approved" },
	{ id: "regions", start: 100 },
	{ id: "deploy", iteration: "0", start: 100, end: 112 },
	{ id: "probe", iteration: "0", start: 112, end: 113 },
	{ id: "deploy", iteration: "1", start: 113, attempt: 2 },
];

/** When the picture was taken, in ms after the run began. */
export const PICTURE_NOW = 124_000;

/** The state of the run at that moment, as the events of such a run fold into it. */
export const PICTURE_RUN: RunState = {
	...initialRunState,
	phase: { status: "running", startedAt: 0 },
	steps: Object.fromEntries(STEPS.map((step) => [stepKey(step.id, step.iteration ?? ""), toStepState(step)])),
};

function toPhase({ end, port = "out", skipped }: PictureStep): StepPhase {
	if (skipped) return { status: "skipped" };
	return end === undefined ? { status: "running" } : { status: "completed", endedAt: end * SECOND, port };
}

function toStepState(step: PictureStep): StepState {
	const { id, iteration = "", start, attempt = 1 } = step;
	const startedAt = start * SECOND;
	return {
		nodeId: id,
		iteration,
		phase: toPhase(step),
		...(!step.skipped && { startedAt }),
		attempts: [{ number: attempt, seq: 0, startedAt }],
		maxAttempts: 3,
		...(id === "regions" && { iterations: { begun: 2, total: 3, labels: ["eu-west-1", "us-east-1"] } }),
		...(id === "ship" && { decision: { decision: "approved", actor: MARA, values: {} } }),
		usage: [],
		comments: [],
		lastLogSeq: 0,
	};
}
