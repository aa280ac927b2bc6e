import type { Outputs } from "../trpc/types";

export type Destination = Outputs["failures"]["list"]["destinations"][number];

/** Where failures are told: with a slug of a workflow, without one of the team. */
export interface FailurePlace {
	team: string;
	slug?: string;
}
