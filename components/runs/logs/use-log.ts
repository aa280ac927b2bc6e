"use client";

import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { RunReader, StepPlace } from "../run-reader";
import { plainText } from "./ansi";
import { type LogEvent, type LogPage, LogReader } from "./log-reader";

/** Left out for the log of all steps. */
type Of = Partial<StepPlace>;

/** The events of a log that are wanted: to the last one, from the one behind `from`. */
interface Span {
	to: number;
	from?: number;
}

/** The log of a step, or of the whole run, read on whenever it grows. */
export function useLog(source: RunReader, { nodeId, iteration }: Of, { to: lastLogSeq, from = 0 }: Span) {
	const reader = useMemo(
		() => new LogReader(async (range) => withoutEarlier(await source.logs({ nodeId, iteration, ...range }), from)),
		[source, nodeId, iteration, from],
	);
	useEffect(() => {
		reader.start();
		return () => reader.stop();
	}, [reader]);
	useEffect(() => {
		if (lastLogSeq > from) reader.growTo(lastLogSeq);
	}, [reader, lastLogSeq, from]);
	const record = useStore(reader.store);
	return { reader, ...record, loading: record.loading && lastLogSeq > from };
}

function withoutEarlier(page: LogPage, from: number): LogPage {
	if (from === 0) return page;
	return { ...page, events: page.events.filter(({ seq }) => seq > from) };
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
