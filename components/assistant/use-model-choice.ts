"use client";

import { DEFAULT_CHOICE, type ModelChosen, modelChoiceSchema } from "../models/model-choice";
import { useKeptState } from "../prompts/use-kept-state";
import { useViewer } from "../shell/viewer-context";

/** The model that this browser asked last in the team: keys are a team's own. */
export function useModelChoice(): [ModelChosen, (choice: ModelChosen) => void] {
	const { team } = useViewer();
	const [kept, keep] = useKeptState(`weft.assistant-model.${team.slug}`, modelChoiceSchema);
	return [kept ?? DEFAULT_CHOICE, keep];
}
