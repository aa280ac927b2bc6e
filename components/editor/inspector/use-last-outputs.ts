"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";
import { followRenames, type Renames, rekey } from "@/server/plan/edits/follow-renames";
import { useEditorStore } from "../editor-store";

type LastOutputs = Outputs["runs"]["lastOutputs"];

const NONE: readonly Renames[] = [];

/** The last values of the steps, by the ids that these have here: a step that is renamed keeps them. */
export function useLastOutputs(team: string, slug: string) {
	const trpc = useTRPC();
	const { data, error, refetch } = useQuery(trpc.runs.lastOutputs.queryOptions({ team, slug }));
	const renamed = useRenamesSince(data);
	const last = useMemo(
		() => data && { ...data, steps: renamed.reduce((steps, renames) => rekey(steps, renames), data.steps) },
		[data, renamed],
	);
	return { last, error, refetch };
}

/** What was renamed in this editor since the values were read, in that order. */
function useRenamesSince(data: LastOutputs | undefined): readonly Renames[] {
	const store = useEditorStore();
	const [since, setSince] = useState<{ data: LastOutputs | undefined; renamed: readonly Renames[] }>({
		data,
		renamed: NONE,
	});
	useEffect(
		() =>
			store.subscribe((now, before) => {
				if (now.plan === before.plan) return;
				const renames = followRenames(before.plan, now.plan);
				if (renames.size === 0) return;
				setSince((last) => ({ data, renamed: [...(last.data === data ? last.renamed : NONE), renames] }));
			}),
		[store, data],
	);
	return since.data === data ? since.renamed : NONE;
}
