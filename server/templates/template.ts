import type { Plan } from "@/server/plan/plan";
import type { SampleRun } from "./sample-run";
import type { CategoryId, TemplateFile } from "./template-file";

/** A template, whether it came with Weft or was published. */
export interface Template extends Pick<TemplateFile, "happens" | "needs" | "credentials"> {
	slug: string;
	name: string;
	description: string;
	category: CategoryId;
	version: number;
	/** The team that published it; null for Weft's own. */
	publisher: { id: string; name: string } | null;
	plan: Plan;
	/** Null when none was recorded. */
	sampleRun: SampleRun | null;
}

/** Who looks at templates: members see those of their team, administrators of the instance what waits for them. */
export interface TemplateViewer {
	teamId: string | null;
	isAdministrator: boolean;
}

export const STRANGER: TemplateViewer = { teamId: null, isAdministrator: false };
