"use client";

import type { QueryKey } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";
import type { Iteration } from "@/server/runs/events";

export interface StepPlace {
	nodeId: string;
	iteration: Iteration;
}

/** Some of a log: of one step, or, with no step named, of all of them. */
export interface LogRange extends Partial<StepPlace> {
	after?: number;
	before?: number;
	limit: number;
}

type StepRecord = Outputs["runs"]["step"];
export type RunFile = Outputs["runs"]["files"][number];
type LogPage = Outputs["runs"]["logs"];

/** Where the page of a run reads what its events do not tell: as a member of its team, or by a link. */
export interface RunReader {
	/** What one execution of a step read and put out: a query. */
	step: (place: StepPlace) => { queryKey: QueryKey; queryFn: () => Promise<StepRecord> };
	logs: (range: LogRange) => Promise<LogPage>;
	/** All files of the run: a query. */
	files: () => { queryKey: QueryKey; queryFn: () => Promise<RunFile[]> };
	/** Where a file is; `keep`: to be saved. */
	fileAddress: (id: string, how?: { keep: boolean }) => string;
	/** Where all of them are in one archive. */
	archiveAddress: string;
	/** The run that members remove files from; null for whoever comes by a link. */
	removesFrom: { team: string; runId: string } | null;
}

/** Reads as a member of the team. */
export function useTeamReader(team: string, runId: string): RunReader {
	const trpc = useTRPC();
	const client = useTRPCClient();
	return useMemo(
		() => ({
			step: (place) => {
				const ref = { team, runId, ...place };
				return { queryKey: trpc.runs.step.queryKey(ref), queryFn: () => client.runs.step.query(ref) };
			},
			logs: (range) => client.runs.logs.query({ team, runId, ...range }),
			files: () => {
				const ref = { team, runId };
				return { queryKey: trpc.runs.files.queryKey(ref), queryFn: () => client.runs.files.query(ref) };
			},
			fileAddress: (id, { keep } = { keep: false }) =>
				`/api/artifacts?${new URLSearchParams({ team, id, ...(keep && { keep: "true" }) })}`,
			archiveAddress: `/api/artifacts/zip?${new URLSearchParams({ team, runId })}`,
			removesFrom: { team, runId },
		}),
		[trpc, client, team, runId],
	);
}
