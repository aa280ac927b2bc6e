import { z } from "zod";
import { planChangeSchema } from "@/server/plan/changes/plan-change";
import { type Describing, NOTHING_DESCRIBED } from "./describing-state";

const handedSchema = z.object({ text: z.string(), changes: z.array(planChangeSchema).max(1_000).readonly() });
type HandedChange = z.infer<typeof handedSchema>;

/** Leaves a change for the editor that is opened next, which shows it to be kept or not. */
export function handChange(team: string, slug: string, change: HandedChange): void {
	sessionStorage.setItem(nameOf(team, slug), JSON.stringify(change));
}

/** What another page has left for this editor, once. */
export function takeHandedChange(team: string, slug: string): Describing | undefined {
	const text = sessionStorage.getItem(nameOf(team, slug));
	if (text === null) return undefined;
	sessionStorage.removeItem(nameOf(team, slug));
	try {
		const { data } = handedSchema.safeParse(JSON.parse(text));
		return data && { ...NOTHING_DESCRIBED, rounds: [{ ...data, notes: [], repairs: [], left: [] }] };
	} catch {
		return undefined;
	}
}

function nameOf(team: string, slug: string): string {
	return `weft.handed-change.${team}/${slug}`;
}
