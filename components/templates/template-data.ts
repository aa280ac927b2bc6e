import type { Plan } from "@/server/plan/plan";
import type { RunEvent } from "@/server/runs/events";

/** A template as its page shows it. */
export interface TemplateData {
	slug: string;
	name: string;
	description: string;
	version: number;
	/** In sentences, in their order. */
	happens: readonly string[];
	needs: readonly TemplateNeed[];
	plan: Plan;
	yaml: string;
	/** A recorded run, whose times count from its beginning; null when none was kept. */
	sampleRun: readonly RunEvent[] | null;
}

export interface TemplateNeed {
	kind: "program" | "repository" | "service" | "people" | "credential" | "model";
	name: string;
	help: string;
	/** It runs without. */
	optional: boolean;
}
