import type { Outputs } from "../trpc/types";

type Note = NonNullable<Outputs["alerts"]["read"]>["notes"][number];

/** What has happened to an episode, in a few words. */
export function tellNote({ what, count = 1, run }: Note): string {
	const times = count > 1 ? `, ${count} times` : "";
	switch (what) {
		case "fired":
			return "Fired";
		case "fired-again":
			return "Fires again";
		case "repeated":
			return `Told again${times}`;
		case "late":
			return `A peer told late that it fires${times}`;
		case "resolved":
			return "Resolved";
		case "gone":
			return "Not heard of any more";
		case "started":
			return run ? `Started run ${run.number} of ${run.slug}` : "Started a run";
		case "waiting":
			return "Waits for others of its group";
		case "handed-over":
			return run ? `Run ${run.number} was told that it is resolved` : "A run was told that it is resolved";
		case "cancelled":
			return "Its run was cancelled";
	}
}
