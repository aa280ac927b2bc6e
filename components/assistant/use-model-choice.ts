"use client";

import { DEFAULT_CHOICE, type ModelChosen, modelChoiceSchema } from "../models/model-choice";
import { useKeptState } from "../prompts/use-kept-state";

/** The model that this browser asked last. */
export function useModelChoice(): [ModelChosen, (choice: ModelChosen) => void] {
	const [kept, keep] = useKeptState("weft.assistant-model", modelChoiceSchema);
	return [kept ?? DEFAULT_CHOICE, keep];
}
