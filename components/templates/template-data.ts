import type { Plan } from "@/server/plan/plan";
import type { RunEvent } from "@/server/runs/events";

/** A template as its page shows it. */
export interface TemplateData {
	slug: string;
	name: string;
	description: string;
	version: number;
	/** The team that published it; null for Weft's own. */
	publisher: { name: string } | null;
	/** Of one that the viewer's team published. */
	isOwn: boolean;
	/** Why the viewer may not take it back, if so. */
	refusal: string | null;
	/** It waits for an administrator, and the viewer is one. */
	isToReview: boolean;
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
