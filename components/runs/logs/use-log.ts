"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useTRPC } from "@/components/trpc/client";
import { plainText } from "./ansi";
import { type LogEvent, LogReader } from "./log-reader";

interface LogRef {
	team: string;
	runId: string;
	/** Left out for the log of all steps. */
	nodeId?: string;
	iteration?: string;
}

/** The log of a step, or of the whole run, read on whenever `lastLogSeq` grows. */
export function useLog(ref: LogRef, lastLogSeq: number) {
	const { team, runId, nodeId, iteration } = ref;
	const trpc = useTRPC();
	const queries = useQueryClient();
	const reader = useMemo(
		() =>
			new LogReader((range) =>
				queries.fetchQuery(
					trpc.runs.logs.queryOptions({ team, runId, nodeId, iteration, ...range }, { staleTime: 0, gcTime: 0 }),
				),
			),
		[trpc, queries, team, runId, nodeId, iteration],
	);
	useEffect(() => {
		reader.start();
		return () => reader.stop();
	}, [reader]);
	useEffect(() => {
		if (lastLogSeq > 0) reader.growTo(lastLogSeq);
	}, [reader, lastLogSeq]);
	const record = useStore(reader.store);
	return { reader, ...record, loading: record.loading && lastLogSeq > 0 };
}

/** Reads a whole log, a page at a time: for downloads. `nameOf` names the step of a line in logs of several. */
export function useWholeLog(ref: LogRef, nameOf?: (event: LogEvent) => string): () => Promise<string> {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return async () => {
		const lines: string[] = [];
		for (let after = 0, more = true; more; ) {
			const options = { ...ref, after, limit: 1_000 };
			const page = await queries.fetchQuery(trpc.runs.logs.queryOptions(options, { staleTime: 0, gcTime: 0 }));
			lines.push(...page.events.flatMap((event) => textLines(event, nameOf?.(event))));
			after = page.events.at(-1)?.seq ?? after;
			more = page.more && page.events.length > 0;
		}
		return `${lines.join("\n")}\n`;
	};
}

function textLines(event: LogEvent, name: string | undefined): string[] {
	if (event.type !== "step.log") return [];
	const lead = name === undefined ? "" : `[${name}] `;
	return event.data.lines.map(
		({ at, level, text }) => `${new Date(at).toISOString()} ${level.padEnd(6)} ${lead}${plainText(text)}`,
	);
}
