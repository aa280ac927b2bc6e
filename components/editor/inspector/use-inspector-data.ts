"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";
import { referencesTo } from "@/server/credentials/catalog";
import { followRenames, rekey } from "@/server/plan/edits/follow-renames";
import { isObject } from "@/server/plan/values/json";
import type { SavedDraft } from "../editor-store";
import { useTestStart } from "../use-test-events";
import type { InspectorData } from "./inspector-context";
import { createInspectorUi } from "./inspector-ui";
import type { KnownValues } from "./references/list-references";
import { useCanvasPins } from "./try/use-canvas-pins";
import { useLastOutputs } from "./use-last-outputs";
import { useStable } from "./use-stable";

type LastOutputs = Outputs["runs"]["lastOutputs"];
type Draft = Outputs["workflows"]["draft"];

const NO_PINS: Draft["pins"] = {};

interface InspectorDataOptions {
	team: string;
	slug: string;
	saveNow: () => Promise<SavedDraft>;
}

/** What the inspector reads from the server: the last values of the steps, what is pinned, and the credentials. */
export function useInspectorData({ team, slug, saveNow }: InspectorDataOptions): InspectorData {
	const trpc = useTRPC();
	const [ui] = useState(createInspectorUi);
	const { last, error: lastError, refetch } = useLastOutputs(team, slug);
	const draft = useQuery(trpc.workflows.draft.queryOptions({ team, slug }, { staleTime: Number.POSITIVE_INFINITY }));
	const pins = usePins(draft.data);
	useCanvasPins({ team, slug, pins });
	const credentials = draft.data?.credentials ?? undefined;
	const begins = useTestStart({ team, slug });
	const known = useMemo(() => gatherKnown({ last, pins, credentials, begins }), [last, pins, credentials, begins]);
	const learnCredential = useLearnCredential(team, slug);
	return useMemo(() => {
		const readAgain = () => void refetch();
		return { team, slug, saveNow, ui, known, last, lastError, readAgain, pins, credentials, learnCredential };
	}, [team, slug, saveNow, ui, known, last, lastError, refetch, pins, credentials, learnCredential]);
}

/** Whatever checks the plan reads the credentials from the draft. */
function useLearnCredential(team: string, slug: string): InspectorData["learnCredential"] {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useCallback(
		({ name, parts, isPersonal }) => {
			queries.setQueryData(trpc.workflows.draft.queryKey({ team, slug }), (draft) => {
				if (!draft) return draft;
				const references = referencesTo({ name, parts });
				const isKnown = references.every((reference) => draft.credentials?.includes(reference));
				const others = draft.ownCredentials.filter((each) => each !== name);
				const ownCredentials = !isPersonal ? others : isKnown ? draft.ownCredentials : [...others, name];
				if (isKnown && ownCredentials.length === draft.ownCredentials.length) return draft;
				const credentials = [...new Set([...(draft.credentials ?? []), ...references])].sort();
				return { ...draft, credentials, ownCredentials };
			});
		},
		[trpc, queries, team, slug],
	);
}

/** What is pinned on the server, by the ids that its steps have here. */
function usePins(draft: Draft | undefined): Draft["pins"] {
	return useStable(({ plan }) => {
		if (!draft || Object.keys(draft.pins).length === 0) return NO_PINS;
		return rekey(draft.pins, followRenames(draft.plan, plan));
	});
}

interface Read {
	last: LastOutputs | undefined;
	pins: Draft["pins"];
	credentials: readonly string[] | undefined;
	begins: ReturnType<typeof useTestStart>;
}

/** What is pinned stands in for what a step put out last, and for what the last run began with. */
function gatherKnown({ last, pins, credentials = [], begins }: Read): KnownValues {
	const recorded = Object.entries(last?.steps ?? {}).map(
		([id, { output, input }]) => [id, { output: output.value, input: input.value }] as const,
	);
	const pinned = Object.entries(pins).map(([id, output]) => [id, { output }] as const);
	const { inputs, trigger, state } = last?.lastRun ?? {};
	return {
		...(inputs && isObject(inputs.value) && { inputs: inputs.value }),
		...(trigger && { trigger: trigger.value }),
		...(begins && { inputs: begins.input, trigger: begins.trigger }),
		...(state && isObject(state.value) && { state: state.value }),
		steps: Object.fromEntries([...recorded, ...pinned]),
		credentials,
	};
}
