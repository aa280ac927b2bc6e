"use client";

import { useQuery } from "@tanstack/react-query";
import { Bot, Wrench } from "lucide-react";
import { JsonTree } from "@/components/json/json-tree";
import { countOf } from "@/server/nodes/summary-text";
import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { codingResultSchema } from "@/server/runs/coding-result";
import type { StepState } from "@/server/runs/state";
import { IconTile } from "../../ui/icon-tile";
import { PanelSection } from "../../ui/panel-section";
import { CodingSections } from "../coding/coding-sections";
import { FileRows } from "../files/file-rows";
import { useFiles } from "../files/use-files";
import type { RunScreen } from "../use-run-screen";

/** What an agent says that it has found so far, beside what it asks, and by which tools. */
export function FoundSoFar({ step: { turns = [] } }: { step: StepState }) {
	const text = turns.at(-1)?.text.trim() ?? "";
	const counts = new Map<string, number>();
	for (const { tool } of turns.flatMap(({ calls }) => calls.filter(({ result }) => result?.state === "ok")))
		counts.set(tool, (counts.get(tool) ?? 0) + 1);
	if (text === "" && counts.size === 0) return null;
	return (
		<section aria-label="What the agent found" className="rounded-3 border border-line px-3.5 pt-3">
			<h3 className="mb-1.5 flex items-center gap-2 font-medium">
				<IconTile category="ai" size="medium">
					<Bot aria-hidden="true" />
				</IconTile>
				What the agent found
			</h3>
			{text !== "" && <p className="mb-2.5 whitespace-pre-wrap break-words">{text}</p>}
			<ul>
				{[...counts].map(([tool, count]) => (
					<li key={tool} className="flex h-10 items-center gap-2.5 border-line-soft border-t">
						<Wrench aria-hidden="true" className="size-4 flex-none" />
						<span className="min-w-0 flex-1 truncate font-medium">{tool}</span>
						<span className="text-12 text-ink-2 tabular-nums">{countOf(count, "call")}</span>
					</li>
				))}
			</ul>
		</section>
	);
}

/** The result of an agent that is done, also of a coding agent that failed, as people read it, with the whole of its conversation where that was kept. */
export function AgentResult({ screen, step }: { screen: RunScreen; step: StepState }) {
	const { nodeId, iteration } = step;
	const { data } = useQuery(screen.reader.step({ nodeId, iteration }));
	const sessions = useFiles(screen)?.filter(
		(file) => file.nodeId === nodeId && file.iteration === iteration && file.kind === "session",
	);
	const coding = codingResultSchema.safeParse(data?.output);
	if (coding.success) return <CodingSections reader={screen.reader} result={coding.data} />;
	const found = isObject(data?.output) && data.output.error === undefined ? readFound(data.output) : undefined;
	if (found === undefined) return null;
	return (
		<PanelSection title="What the agent found">
			{"text" in found ? (
				<p className="whitespace-pre-wrap break-words px-4 pb-3">{found.text}</p>
			) : (
				<JsonTree value={found.json} base={["steps", nodeId, "output", "json"]} />
			)}
			{sessions && sessions.length > 0 && (
				<FileRows files={sessions} reader={screen.reader} noteOf={() => "the whole conversation"} />
			)}
		</PanelSection>
	);
}

function readFound(output: JsonObject): { text: string } | { json: Json } | undefined {
	if (output.json !== undefined) return { json: output.json };
	return typeof output.text === "string" && output.text.trim() !== "" ? { text: output.text } : undefined;
}
