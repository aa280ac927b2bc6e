"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toasts/toaster";
import { useInspector } from "../../inspector-context";

/** Others pause and resume, and workers fire, while the panel is open. */
const REFRESH_MS = 5_000;

/** A trigger as the published version has it, and what may be done with it; undefined until it is published. */
export function useRegistered(key: string) {
	const list = useTriggerList();
	return { isLoading: list.isPending, registered: list.data?.find((each) => each.key === key) };
}

/** Why the last thing that a published trigger heard was refused or failed, by the trigger's id. */
export function useTroubles(): ReadonlyMap<string, string> {
	const { data = [] } = useTriggerList();
	return new Map(data.flatMap(({ key, trouble }) => (trouble === null ? [] : [[key, trouble] as const])));
}

function useTriggerList() {
	const { team, slug } = useInspector();
	const trpc = useTRPC();
	return useQuery(trpc.triggers.list.queryOptions({ team, slug }, { staleTime: 0, refetchInterval: REFRESH_MS }));
}

export type Registered = NonNullable<ReturnType<typeof useRegistered>["registered"]>;

/** Pauses, resumes and fires it. */
export function useTriggerActions(key: string) {
	const { team, slug } = useInspector();
	const trpc = useTRPC();
	const queries = useQueryClient();
	const ref = { team, slug, key };
	const onSettled = async () => {
		await queries.invalidateQueries(trpc.triggers.list.queryFilter());
		await queries.invalidateQueries(trpc.triggers.deliveries.queryFilter());
	};
	const pause = useMutation({ ...trpc.triggers.pause.mutationOptions(), onSettled });
	const resume = useMutation({ ...trpc.triggers.resume.mutationOptions(), onSettled });
	const fire = useMutation({
		...trpc.triggers.fire.mutationOptions(),
		onSuccess: ({ number }) => showDone(`Run ${number} has started`),
		onSettled,
	});
	return {
		pause: (until?: Date) => pause.mutate({ ...ref, ...(until && { until: until.toISOString() }) }),
		resume: () => resume.mutate(ref),
		fire: () => fire.mutate({ ...ref, requestId: crypto.randomUUID() }),
		isChanging: pause.isPending || resume.isPending,
		isFiring: fire.isPending,
	};
}
