"use client";

import { ChevronDown, FileDown, PencilLine } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { ThemeChoices } from "@/components/ui/theme-choices";
import { useActions } from "../actions/actions-context";

/** Beside the workflow's name: what is done with the whole of it, and how the page looks. */
export function NameMenu({ name }: { name: string }) {
	const actions = useActions();
	const run = (id: string) => actions.find((action) => action.id === id)?.run();
	return (
		<Menu
			align="start"
			trigger={
				<IconButton label={`More about ${name}`} size="panel" className="phone:hidden">
					<ChevronDown />
				</IconButton>
			}
		>
			<MenuItem onSelect={() => run("rename")}>
				<PencilLine />
				Rename
			</MenuItem>
			<MenuItem onSelect={() => run("export")}>
				<FileDown />
				Export YAML
			</MenuItem>
			<MenuSeparator />
			<ThemeChoices />
		</Menu>
	);
}
