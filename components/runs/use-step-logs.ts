"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useTRPC } from "@/components/trpc/client";
import { plainText } from "./ansi";
import { type LogEvent, LogReader, type LogRow } from "./log-reader";

interface StepRef {
	team: string;
	runId: string;
	nodeId: string;
	iteration: string;
}

/** A step's log, read on whenever `lastLogSeq` grows. */
export function useStepLogs(ref: StepRef, lastLogSeq: number) {
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

/** Reads a step's whole log, a page at a time: for downloads. */
export function useWholeLog(ref: StepRef): () => Promise<string> {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return async () => {
		const lines: string[] = [];
		for (let after = 0, more = true; more; ) {
			const options = { ...ref, after, limit: 1_000 };
			const page = await queries.fetchQuery(trpc.runs.logs.queryOptions(options, { staleTime: 0, gcTime: 0 }));
			lines.push(...page.events.flatMap(textLines));
			after = page.events.at(-1)?.seq ?? after;
			more = page.more && page.events.length > 0;
		}
		return `${lines.join("\n")}\n`;
	};
}

function textLines(event: LogEvent): string[] {
	return event.type === "step.log" ? event.data.lines.map(textLine) : [];
}

function textLine({ at, level, text }: Pick<LogRow, "at" | "level" | "text">): string {
	return `${new Date(at).toISOString()} ${level.padEnd(6)} ${plainText(text)}`;
}
