import { useMemo, useState } from "react";
import type { Side, Versions } from "@/server/plan/merge/merge-conflict";
import type { Plan } from "@/server/plan/plan";
import { type DraftMerge, type MergeChoices, type MergeSides, mergeDrafts, NOTHING_CHOSEN } from "./merge-drafts";

export interface MergeWork {
	merge: DraftMerge;
	choices: MergeChoices;
	choose: (conflict: string, side: Side) => void;
	take: (side: Side, change: string, isTaken: boolean) => void;
}

/** A merge in the making: what was chosen so far, and what would come of it. */
export function useMerge({ base, mine, theirs }: Versions<Plan>, { theirName, isSameStep }: MergeSides): MergeWork {
	const [choices, setChoices] = useState<MergeChoices>(NOTHING_CHOSEN);
	const merge = useMemo(
		() => mergeDrafts({ base, mine, theirs }, choices, { theirName, isSameStep }),
		[base, mine, theirs, choices, theirName, isSameStep],
	);
	return {
		merge,
		choices,
		choose: (conflict, side) => setChoices((before) => ({ ...before, sides: { ...before.sides, [conflict]: side } })),
		take: (side, change, isTaken) =>
			setChoices((before) => {
				const others = [...before.left[side]].filter((key) => key !== change);
				return { ...before, left: { ...before.left, [side]: new Set(isTaken ? others : [...others, change]) } };
			}),
	};
}
