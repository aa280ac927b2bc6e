"use client";

import { Copy } from "lucide-react";
import type { ReactNode } from "react";
import { copyText } from "@/components/ui/copy-text";
import { formatCount } from "@/components/ui/format/format-number";
import { formatDuration } from "@/components/ui/format/format-time";
import { IconButton } from "@/components/ui/icon-button";
import { PanelSection } from "@/components/ui/panel-section";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import type { CodingResult } from "@/server/runs/coding-result";
import type { RunReader } from "../run-reader";
import { ChangedFiles, LineCounts } from "./changed-files";
import { Conversation } from "./conversation";
import { describeCost, describeTokens } from "./describe-cost";

interface CodingSectionsProps {
	reader: RunReader;
	result: CodingResult;
}

/** What a coding agent came to: by which rule, what it changed, what it took, and all that it said and did. */
export function CodingSections({ reader, result }: CodingSectionsProps) {
	const { outcome, summary, fileCount, added, removed, transcript } = result;
	return (
		<>
			<PanelSection title="Outcome">
				<div className="grid gap-2 px-4 pb-3">
					<p className="flex items-start gap-2">
						<StateIcon state={outcome.ok ? "completed" : "failed"} className="mt-0.5" />
						<span className="min-w-0 break-words">
							{outcome.reason}
							<span className="block text-12 text-ink-3">Rule: {outcome.rule}</span>
						</span>
					</p>
					{summary.trim() !== "" && <p className="whitespace-pre-wrap break-words text-ink-2">{summary}</p>}
					<Tests result={result} />
					<Facts result={result} />
				</div>
			</PanelSection>
			<PanelSection
				title="Files changed"
				end={
					<span className="flex items-center gap-1.5 tabular-nums">
						{formatCount(fileCount)}
						{fileCount > 0 && <LineCounts file={{ path: "", status: "modified", added, removed }} />}
					</span>
				}
			>
				<ChangedFiles reader={reader} result={result} />
			</PanelSection>
			{transcript && (
				<PanelSection title="Conversation" startOpen={false} end={`${formatCount(result.turns)} turns`}>
					<Conversation reader={reader} transcript={transcript} />
				</PanelSection>
			)}
		</>
	);
}

/** How the tests ended, with the end of what they printed. */
export function Tests({ result: { tests }, startOpen = false }: { result: CodingResult; startOpen?: boolean }) {
	if (tests === undefined) return null;
	const passed = tests.exitCode === 0;
	return (
		<details className="text-12" open={startOpen}>
			<summary className="flex cursor-pointer items-center gap-2 phone:min-h-11">
				<StateIcon state={passed ? "completed" : "failed"} label="" className="size-3.5" />
				{passed ? "The tests pass" : `The tests fail with exit code ${tests.exitCode}`}
				<span className="min-w-0 truncate font-mono text-ink-3">{tests.command.trim().split("\n", 1)[0]}</span>
			</summary>
			<pre className="mt-1 max-h-80 overflow-auto rounded-2 border border-line bg-sunken px-2.5 py-2 font-mono">
				{tests.output.trim() || "They printed nothing."}
			</pre>
		</details>
	);
}

function Facts({ result }: { result: CodingResult }) {
	const { agent, model, sessionId, durationMs } = result;
	const facts: [string, ReactNode][] = [
		["Agent", [...new Set([agent, model])].filter(Boolean).join(", ")],
		["Worked", formatDuration(durationMs)],
		["Tokens", describeTokens(result)],
		["Cost", describeCost(result)],
	];
	return (
		<dl className="grid grid-cols-[88px_minmax(0,1fr)] items-center gap-x-3 gap-y-1 text-12">
			{facts.map(([name, value]) => (
				<div key={name} className="contents">
					<dt className="text-ink-3">{name}</dt>
					<dd className="break-words tabular-nums">{value}</dd>
				</div>
			))}
			{sessionId !== "" && (
				<div className="contents">
					<dt className="text-ink-3">Session</dt>
					<dd className="flex min-w-0 items-center gap-1">
						<span className="min-w-0 truncate font-mono">{sessionId}</span>
						<IconButton
							label="Copy the session id"
							size="panel"
							onClick={() => void copyText(sessionId, "The session id")}
						>
							<Copy />
						</IconButton>
					</dd>
				</div>
			)}
		</dl>
	);
}
