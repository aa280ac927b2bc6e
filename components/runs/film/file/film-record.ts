import type { Plan } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import type { RunEvent } from "@/server/runs/events";

/** All that a film of a run is made of: no more of it than whoever gets the file may see. */
export interface FilmRecord {
	workflow: string;
	number: number;
	team: string;
	plan: Plan;
	/** The workflow as text that can be imported; null where the settings of its steps are not shown. */
	yaml: string | null;
	events: readonly RunEvent[];
	/** Null where it is not shown. */
	input: Json;
	output: Json;
	steps: readonly FilmStep[];
	/** What has been left out because it is too much for a file, in sentences. */
	leftOut: readonly string[];
}

export interface FilmStep {
	nodeId: string;
	iteration: string;
	/** Null where it is not shown. */
	input: Json;
	output: Json;
	log: string;
}
