import type { Json } from "@/server/plan/values/json";
import type { Job } from "./work";
import { subjectOf } from "./work-state";

interface Wanted {
	id: string;
	name: string;
	input: Json;
}

/** Whether an agent may do what it asks for; `ask` where somebody has to be asked first. Records what is decided. */
export function decide(job: Job, wanted: Wanted): "allowed" | "refused" | "ask" {
	const { recorder, config } = job;
	const known = recorder.state.decisions.get(subjectOf(wanted));
	if (known !== undefined) return known.allowed ? "allowed" : "refused";
	recorder.add({ kind: "permission", ...wanted });
	if (config.permissions === "ask") return "ask";
	const allowed = config.permissions === "all";
	recorder.add({ kind: "decision", id: wanted.id, allowed, by: "The step" });
	return allowed ? "allowed" : "refused";
}
