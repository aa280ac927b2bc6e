"use client";

import { ChevronsUpDown } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoices } from "@/components/ui/menu";

export interface ChoiceMenuProps {
	/** What is chosen, as in “model”. */
	noun: string;
	value: string;
	onChange: (value: string) => void;
	options: readonly { value: string; label: string }[];
}

/** Offers values at the right end of a field in which another one can be typed. */
export function ChoiceMenu({ noun, value, onChange, options }: ChoiceMenuProps) {
	return (
		<Menu
			trigger={
				<IconButton label={`Choose a ${noun}`} size="panel" className="absolute top-1/2 right-1 -translate-y-1/2">
					<ChevronsUpDown />
				</IconButton>
			}
		>
			<MenuChoices
				label={noun.charAt(0).toUpperCase() + noun.slice(1)}
				value={value}
				onChange={onChange}
				options={options}
			/>
		</Menu>
	);
}
