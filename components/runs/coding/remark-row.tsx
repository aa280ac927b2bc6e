"use client";

import { CornerDownLeft, Wrench } from "lucide-react";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/format/format-number";
import { formatDuration } from "@/components/ui/format/format-time";
import { StateIcon } from "@/components/ui/run-state/state-icon";
import type { Json } from "@/server/plan/values/json";
import { FileDiff } from "./file-diff";
import { type Remark, readEdit } from "./read-conversation";

/** One thing that was said, done, asked or told. */
export function RemarkRow({ remark }: { remark: Remark }) {
	switch (remark.kind) {
		case "prompt":
			return <Folded title="What it was told">{remark.text}</Folded>;
		case "thinking":
			return <Folded title="Thinking">{remark.text}</Folded>;
		case "text":
			return <p className="whitespace-pre-wrap break-words">{remark.text}</p>;
		case "call":
			return <Call call={remark} />;
		case "permission":
			return <Permission asked={remark} />;
		case "started":
			return <Note>{`${remark.agent} ${remark.resumed ? "goes on in its session" : "begins"}.`}</Note>;
		case "notice":
			return <Note tone={remark.level}>{remark.text}</Note>;
		case "ended":
			return <Note>{`It ended after ${formatDuration(remark.ms)}.`}</Note>;
		case "outcome":
			return (
				<p className="flex items-start gap-2 text-12">
					<StateIcon state={remark.ok ? "completed" : "failed"} className="mt-0.5 size-3.5" />
					<span className="min-w-0 break-words">{remark.reason}</span>
				</p>
			);
	}
}

function Folded({ title, children }: { title: string; children: string }) {
	return (
		<details className="text-12 text-ink-3">
			<summary className="cursor-pointer phone:py-2">{title}</summary>
			<p className="mt-1 whitespace-pre-wrap break-words">{children}</p>
		</details>
	);
}

const TONES = { info: "text-ink-3", warn: "text-retrying", error: "text-failed" } as const;

function Note({ tone = "info", children }: { tone?: keyof typeof TONES; children: string }) {
	return <p className={cn("whitespace-pre-wrap break-words text-12", TONES[tone])}>{children}</p>;
}

const ENDS = {
	ok: undefined,
	failed: { tone: "bad", text: "failed" },
	refused: { tone: "bad", text: "refused" },
} as const;

/** Folded to one line: what it was given, what it changes, what came back. */
function Call({ call: { name, input, at, result } }: { call: Extract<Remark, { kind: "call" }> }) {
	const edit = readEdit(input);
	const end = result && ENDS[result.state];
	return (
		<div className="overflow-hidden rounded-2 border border-line text-12">
			<details>
				<summary className="flex min-h-7 cursor-pointer items-center gap-2 px-2 py-1 phone:min-h-11">
					<Wrench aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
					<span className="flex-none font-mono font-semibold">{name}</span>
					<span className="min-w-0 flex-1 truncate font-mono text-ink-2">{edit?.path ?? inOneLine(input)}</span>
					{end && <Chip tone={end.tone}>{end.text}</Chip>}
					{result && (
						<span className="flex-none text-ink-3 tabular-nums">{formatDuration(Math.max(0, result.at - at))}</span>
					)}
				</summary>
				<Block label={`Input of ${name}`}>{written(input)}</Block>
			</details>
			{edit && <FileDiff file={edit} className="max-h-80 border-line border-t" />}
			{result && result.text !== "" && (
				<details className="border-line border-t bg-fill">
					<summary className="flex min-h-7 cursor-pointer items-center gap-2 px-2 py-1 phone:min-h-11">
						<CornerDownLeft aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
						<span className="min-w-0 flex-1 truncate font-mono">{result.text.trim().split("\n", 1)[0]}</span>
						<span className="flex-none text-ink-3 tabular-nums">{formatCount(result.characters)} chars</span>
					</summary>
					<Block label={`Result of ${name}`}>{result.text}</Block>
				</details>
			)}
		</div>
	);
}

function Block({ label, children }: { label: string; children: string }) {
	return (
		<section
			aria-label={label}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
			tabIndex={0}
			className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words border-line border-t px-2 py-1 font-mono"
		>
			{children}
		</section>
	);
}

function Permission({ asked: { name, input, decision } }: { asked: Extract<Remark, { kind: "permission" }> }) {
	const state = decision === undefined ? "waiting" : decision.allowed ? "completed" : "failed";
	const answer = decision
		? `${decision.by} ${decision.allowed ? "allowed" : "refused"} it.`
		: "Nobody has decided it yet.";
	return (
		<div className="flex items-start gap-2 rounded-2 border border-line px-2 py-1.5 text-12">
			<StateIcon state={state} label="" className="mt-0.5 size-3.5" />
			<p className="min-w-0 break-words">
				It asked whether it may use <span className="font-mono font-semibold">{name}</span>{" "}
				<span className="font-mono text-ink-2">{inOneLine(input)}</span>. {answer}
				{decision?.note && <span className="block text-ink-2">{decision.note}</span>}
			</p>
		</div>
	);
}

function written(input: Json): string {
	return typeof input === "string" ? input : JSON.stringify(input, null, 2);
}

const MAX_LINE = 200;

function inOneLine(input: Json): string {
	const text = typeof input === "string" ? input : JSON.stringify(input);
	return text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text;
}
