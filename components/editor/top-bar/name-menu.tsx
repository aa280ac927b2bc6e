"use client";

import { ChevronDown } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuSeparator } from "@/components/ui/menu";
import { ThemeChoices } from "@/components/ui/theme/theme-choices";
import type { ActionId } from "../actions/action";
import { ActionItems, keepOpenedFocus } from "../actions/action-items";

const GROUPS: readonly (readonly ActionId[])[] = [
	["rename-workflow", "duplicate-workflow", "export"],
	["archive", "delete-workflow"],
];

/** Beside the workflow's name: what is done with the whole of it, and how the page looks. */
export function NameMenu({ name }: { name: string }) {
	return (
		<Menu
			align="start"
			onCloseAutoFocus={keepOpenedFocus}
			trigger={
				<IconButton label={`More about ${name}`} size="panel">
					<ChevronDown />
				</IconButton>
			}
		>
			<ActionItems groups={GROUPS} />
			<MenuSeparator />
			<ThemeChoices />
		</Menu>
	);
}
