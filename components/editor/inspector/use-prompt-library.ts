"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";
import { useInspector } from "./inspector-context";

export type LibraryPrompt = Outputs["prompts"]["list"][number];

const NONE: readonly LibraryPrompt[] = [];

/** The prompts of the team; none while they are not known. */
export function usePromptLibrary() {
	const { team } = useInspector();
	const { data: prompts = NONE } = useQuery(useTRPC().prompts.list.queryOptions({ team }));
	const find = (wanted: string) =>
		prompts.find(({ name, formerNames }) => name === wanted || formerNames.includes(wanted));
	return { prompts, find };
}
