"use client";

import { Archive, ChevronDown, Copy, FileDown, PencilLine, Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { ThemeChoices } from "@/components/ui/theme-choices";
import { useActions } from "../actions/actions-context";

/** Beside the workflow's name: what is done with the whole of it, and how the page looks. */
export function NameMenu({ name }: { name: string }) {
	const actions = useActions();
	const run = (id: string) => () => actions.find((action) => action.id === id)?.run();
	return (
		<Menu
			align="start"
			trigger={
				<IconButton label={`More about ${name}`} size="panel">
					<ChevronDown />
				</IconButton>
			}
		>
			<MenuItem onSelect={run("rename")}>
				<PencilLine />
				Name, description, address
			</MenuItem>
			<MenuItem onSelect={run("duplicate")}>
				<Copy />
				Duplicate
			</MenuItem>
			<MenuItem onSelect={run("export")}>
				<FileDown />
				Export YAML
			</MenuItem>
			<MenuSeparator />
			<MenuItem onSelect={run("archive")}>
				<Archive />
				Archive
			</MenuItem>
			<MenuItem danger onSelect={run("delete")}>
				<Trash2 />
				Delete
			</MenuItem>
			<MenuSeparator />
			<ThemeChoices />
		</Menu>
	);
}
