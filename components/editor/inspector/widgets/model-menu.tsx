"use client";

import { ChevronsUpDown } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoices } from "@/components/ui/menu";
import { offeredModels, usualModel } from "@/server/nodes/model-fields";

interface ModelMenuProps {
	provider: unknown;
	/** Empty for the usual one. */
	model: string;
	onChange: (model: string) => void;
}

/** Chooses a model of a provider, at the right end of the field that holds its name. */
export function ModelMenu({ provider, model, onChange }: ModelMenuProps) {
	return (
		<Menu
			trigger={
				<IconButton label="Choose a model" size="panel" className="absolute top-1/2 right-1 -translate-y-1/2">
					<ChevronsUpDown />
				</IconButton>
			}
		>
			<MenuChoices
				label="Model"
				value={model === "" ? (usualModel(provider) ?? "") : model}
				onChange={onChange}
				options={offeredModels(provider).map((each) => ({ value: each, label: each }))}
			/>
		</Menu>
	);
}
