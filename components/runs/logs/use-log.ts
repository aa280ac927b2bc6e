"use client";

import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { RunReader, StepPlace } from "../run-reader";
import { plainText } from "./ansi";
import { type LogEvent, LogReader } from "./log-reader";

/** Left out for the log of all steps. */
type Of = Partial<StepPlace>;

/** The log of a step, or of the whole run, read on whenever `lastLogSeq` grows. */
export function useLog(source: RunReader, { nodeId, iteration }: Of, lastLogSeq: number) {
	const reader = useMemo(
		() => new LogReader((range) => source.logs({ nodeId, iteration, ...range })),
		[source, nodeId, iteration],
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
export async function readWholeLog(reader: RunReader, of: Of, nameOf?: (event: LogEvent) => string): Promise<string> {
	const lines: string[] = [];
	for (let after = 0, more = true; more; ) {
		const page = await reader.logs({ ...of, after, limit: 1_000 });
		lines.push(...page.events.flatMap((event) => textLines(event, nameOf?.(event))));
		after = page.events.at(-1)?.seq ?? after;
		more = page.more && page.events.length > 0;
	}
	return `${lines.join("\n")}\n`;
}

function textLines(event: LogEvent, name: string | undefined): string[] {
	if (event.type !== "step.log") return [];
	const lead = name === undefined ? "" : `[${name}] `;
	return event.data.lines.map(
		({ at, level, text }) => `${new Date(at).toISOString()} ${level.padEnd(6)} ${lead}${plainText(text)}`,
	);
}
