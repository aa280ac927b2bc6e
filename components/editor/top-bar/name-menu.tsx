"use client";

import { useFirstPress } from "@/components/ui/hooks/use-first-press";
import type { LargePart } from "@/components/ui/lazy-part";
import { loadLazyParts } from "../load-lazy-parts";
import { NameButton } from "./name-button";

const menu: LargePart<{ name: string }> = {
	load: async () => (await loadLazyParts()).OpenedNameMenu,
	name: "The menu",
};

/** Beside the workflow's name: what is done with the whole of it, and how the page looks. */
export function NameMenu({ name }: { name: string }) {
	const { Part: OpenedNameMenu, trigger } = useFirstPress(menu, "menu");
	return OpenedNameMenu ? <OpenedNameMenu name={name} /> : <NameButton name={name} {...trigger} />;
}
