"use client";

import { offeredModels, usualModel } from "@/server/nodes/model-fields";
import { ChoiceMenu } from "./choice-menu";

interface ModelMenuProps {
	provider: unknown;
	/** Empty for the usual one. */
	model: string;
	onChange: (model: string) => void;
}

/** Chooses a model of a provider, at the right end of the field that holds its name. */
export function ModelMenu({ provider, model, onChange }: ModelMenuProps) {
	return (
		<ChoiceMenu
			noun="model"
			value={model === "" ? (usualModel(provider) ?? "") : model}
			onChange={onChange}
			options={offeredModels(provider).map((each) => ({ value: each, label: each }))}
		/>
	);
}
