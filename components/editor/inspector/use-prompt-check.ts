"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/components/trpc/client";
import { definitionOf } from "@/server/nodes/catalog";
import type { Plan } from "@/server/plan/plan";
import { useEditorSession } from "../editor-session";
import { useEditor } from "../editor-store";
import { learnPrompts } from "./plan-issues";

/** Checks the steps that use prompts of the library against those that are there now. */
export function usePromptCheck(team: string): void {
	const session = useEditorSession();
	const enabled = useEditor(({ plan }) => usesPrompts(plan));
	const { data } = useQuery(useTRPC().prompts.list.queryOptions({ team }, { enabled, meta: { ownError: true } }));
	useEffect(() => {
		if (learnPrompts(data)) {
			session.recheck();
			// What is shown beside the fields follows the plan, which is the same.
			session.editor.setState({});
		}
		return () => {
			learnPrompts(undefined);
		};
	}, [session, data]);
}

function usesPrompts({ nodes }: Plan): boolean {
	return nodes.some(({ type, config }) => definitionOf(type)?.promptOf?.(config) !== undefined);
}
