"use client";

import { Menu, MenuSeparator } from "@/components/ui/menu";
import { ThemeChoices } from "@/components/ui/theme/theme-choices";
import type { ActionId } from "../actions/action";
import { ActionItems, keepOpenedFocus } from "../actions/action-items";
import { NameButton } from "./name-button";

const GROUPS: readonly (readonly ActionId[])[] = [
	["rename-workflow", "duplicate-workflow", "export", "share", "publish-template", "audit"],
	["archive", "delete-workflow"],
];

/** What is done with the whole workflow, and how the page looks. Open at first: it comes with the first press. */
export function OpenedNameMenu({ name }: { name: string }) {
	return (
		<Menu defaultOpen align="start" onCloseAutoFocus={keepOpenedFocus} trigger={<NameButton name={name} />}>
			<ActionItems groups={GROUPS} />
			<MenuSeparator />
			<ThemeChoices />
		</Menu>
	);
}
