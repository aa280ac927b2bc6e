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
	/** Who sees the newest version, for its own team; null for others, and beside an older version. */
	standing: { isWaiting: boolean; isDeclined: boolean; approvedVersion: number | null } | null;
	/** It waits for an administrator, and the viewer is one. */
	isToReview: boolean;
	/** In sentences, in their order. */
	happens: readonly string[];
	needs: readonly TemplateNeed[];
	plan: Plan;
	yaml: string;
	/** A recorded run, whose times count from its beginning; null when none was kept. */
	sampleRun: readonly RunEvent[] | null;
	/** Those that the viewer may look at, the newest first; none of what comes with Weft. */
	versions: readonly TemplateVersion[];
	/** The newest, when this is an older one. */
	newest: { version: number; plan: Plan } | null;
}

export interface TemplateVersion {
	version: number;
	at: Date;
	/** "" when its author said nothing. */
	note: string;
	/** Null for people outside its team. */
	author: string | null;
	hasSample: boolean;
}

export interface TemplateNeed {
	kind: "program" | "repository" | "service" | "people" | "credential" | "model";
	name: string;
	help: string;
	/** It runs without. */
	optional: boolean;
}
