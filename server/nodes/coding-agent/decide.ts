import type { Json } from "@/server/plan/values/json";
import { CALL_TOO_LONG, SHOWN, shorten } from "../ask";
import { inputToShow } from "./permission";
import { nameInLine } from "./recorder";
import type { Job } from "./work";
import { subjectOf } from "./work-state";

interface Wanted {
	name: string;
	/** null where the agent does not tell what the call would do. */
	input: Json;
}

type Verdict = { state: "allowed" | "ask" } | { state: "refused"; why: string };

const NOTHING_TOLD = "This call does not tell what it would do, so that nobody can decide about it. Do it another way.";

/** Whether an agent may do what it asks for; `ask` where somebody has to be asked first. Records what is decided. */
export function decide({ recorder, config }: Job, wanted: Wanted): Verdict {
	const name = nameInLine(wanted.name);
	const known = recorder.state.decisions.get(subjectOf({ name, input: wanted.input }));
	if (known !== undefined) return known.allowed ? { state: "allowed" } : { state: "refused", why: "This was refused." };
	const why = config.permissions === "ask" ? problemOf(wanted) : undefined;
	const isAsked = config.permissions === "ask" && why === undefined;
	// What somebody is asked about is recorded whole: it is what they allow.
	const input = isAsked ? wanted.input : shortenedInput(wanted.input);
	// Its own id: an agent may count its calls anew after each start.
	const id = crypto.randomUUID();
	recorder.add({ kind: "permission", id, name, input });
	if (isAsked) return { state: "ask" };
	const allowed = config.permissions === "all";
	recorder.add({ kind: "decision", id, allowed, by: "The step", ...(why !== undefined && { note: why }) });
	return allowed ? { state: "allowed" } : { state: "refused", why: why ?? "The step does not allow this." };
}

/** Why nobody can be asked: what they would allow has to be what they see. */
function problemOf({ input }: Wanted): string | undefined {
	if (input === null) return NOTHING_TOLD;
	return inputToShow(input).length > SHOWN ? CALL_TOO_LONG : undefined;
}

function shortenedInput(input: Json): Json {
	const text = JSON.stringify(input);
	return text.length > SHOWN ? `${shorten(text, SHOWN)}…` : input;
}
