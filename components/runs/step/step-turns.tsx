"use client";

import { ChevronDown, ChevronRight, CornerDownLeft, Wrench } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Chip } from "@/components/ui/chip";
import { cn } from "@/components/ui/class-names";
import { formatCost, formatCount } from "@/components/ui/format/format-number";
import { formatDuration } from "@/components/ui/format/format-time";
import { PanelSection } from "@/components/ui/panel-section";
import type { AgentCall, AgentTurn, StepState } from "@/server/runs/state";

interface StepTurnsProps {
	step: StepState;
	/** What the step may take; undefined for one that says nothing of it. */
	limits: { turns: number; costUsd: number } | undefined;
	/** Whether what it said, called and read may be shown. */
	showsText: boolean;
	/** What it says at the moment. */
	stream?: ReactNode;
	/** Goes on from a turn in a run of its own; undefined for whoever cannot. */
	fork?: ((turn: number) => ReactNode) | undefined;
}

/** The conversation of an agent, turn by turn, as it goes. */
export function StepTurns({ step, limits, showsText, stream, fork }: StepTurnsProps) {
	const { turns = [] } = step;
	const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
	const last = turns.at(-1)?.turn;
	const toggle = (turn: number) =>
		setToggled((before) => {
			const after = new Set(before);
			if (!after.delete(turn)) after.add(turn);
			return after;
		});
	return (
		<PanelSection title="Turns" end={<Used step={step} limits={limits} />}>
			{turns.length === 0 && <p className="px-4 pb-3 text-12 text-ink-3">The first turn is under way.</p>}
			<ol className="pb-2" aria-label="Turns">
				{turns.map((turn) => (
					<Turn
						key={turn.turn}
						turn={turn}
						showsText={showsText}
						// The last one is open, unless somebody closes it.
						open={(turn.turn === last) !== toggled.has(turn.turn)}
						onToggle={() => toggle(turn.turn)}
						fork={fork}
					/>
				))}
			</ol>
			{stream}
		</PanelSection>
	);
}

function Used({ step: { turns = [] }, limits }: Pick<StepTurnsProps, "step" | "limits">) {
	const tokens = turns.reduce((sum, turn) => sum + turn.tokens, 0);
	const cost = turns.reduce((sum, turn) => sum + turn.costUsd, 0);
	const of = (used: number, most: number | undefined, show: (value: number) => string) =>
		most === undefined || used > most ? show(used) : `${show(used)} of ${show(most)}`;
	return (
		<span className="truncate tabular-nums">
			turn {of(turns.length, limits?.turns, formatCount)} · {formatCount(tokens)} tokens ·{" "}
			{of(cost, limits?.costUsd, formatCost)}
		</span>
	);
}

interface TurnProps {
	turn: AgentTurn;
	showsText: boolean;
	open: boolean;
	onToggle: () => void;
	fork: StepTurnsProps["fork"];
}

function Turn({ turn, showsText, open, onToggle, fork }: TurnProps) {
	const Chevron = open ? ChevronDown : ChevronRight;
	return (
		<li className="border-line border-t first:border-t-0">
			<button
				type="button"
				aria-expanded={open}
				className="flex h-8 w-full items-center gap-2 px-4 text-left text-12 hover:bg-fill phone:h-11"
				onClick={onToggle}
			>
				<Chevron aria-hidden="true" className="size-3 flex-none text-ink-3" />
				<span className="w-5 flex-none font-semibold tabular-nums">{turn.turn}</span>
				<span className="min-w-0 flex-1 truncate">{titleOf(turn, showsText)}</span>
				<span className="flex-none text-11 text-ink-3 tabular-nums">
					{turn.copied ? "taken over" : `${formatDuration(turn.ms)} · ${formatCount(turn.tokens)}`}
					{turn.costUsd > 0 && ` · ${formatCost(turn.costUsd)}`}
				</span>
			</button>
			{open && (
				<div className="grid gap-2 px-4 pt-1 pb-3 pl-9">
					{showsText && turn.thinking && <Thinking text={turn.thinking} />}
					{showsText && turn.text !== "" && <p className="whitespace-pre-wrap break-words text-ink-2">{turn.text}</p>}
					{turn.calls.map((call) => (
						<Call key={call.id} call={call} showsText={showsText} />
					))}
					{turn.notes.map((note) => (
						<p key={note} className="text-12 text-ink-3">
							{note}
						</p>
					))}
					{fork?.(turn.turn)}
				</div>
			)}
		</li>
	);
}

/** Its first words, or what it called. */
function titleOf({ text, calls }: AgentTurn, showsText: boolean): string {
	const [line = ""] = showsText ? text.trim().split("\n") : [];
	return line || [...new Set(calls.map(({ tool }) => tool))].join(", ") || "Answer";
}

function Thinking({ text }: { text: string }) {
	return (
		<details className="text-12 text-ink-3">
			<summary className="cursor-pointer phone:py-2">Thinking</summary>
			<p className="mt-1 whitespace-pre-wrap break-words">{text}</p>
		</details>
	);
}

const ENDS = {
	ok: undefined,
	failed: { tone: "bad", text: "failed" },
	lost: { tone: "warn", text: "result lost" },
	refused: { tone: "bad", text: "refused" },
} as const;

function Call({ call, showsText }: { call: AgentCall; showsText: boolean }) {
	const { tool, input, result } = call;
	const end = result && ENDS[result.state];
	return (
		<div className="overflow-hidden rounded-2 border border-line text-12">
			<div className="flex min-h-7 items-start gap-2 px-2 py-1">
				<Wrench aria-hidden="true" className="mt-0.5 size-3.5 flex-none text-ink-3" />
				<span className="flex-none font-mono font-semibold">{tool}</span>
				<Text text={showsText ? input : ""} className="flex-1 text-ink-2" />
				{end && <Chip tone={end.tone}>{end.text}</Chip>}
				{result?.edited && <Chip tone="warn">edited</Chip>}
				<span className="flex-none text-ink-3 tabular-nums">{result ? formatDuration(result.ms) : "…"}</span>
			</div>
			{result && showsText && result.text !== "" && (
				<div className="flex items-start gap-2 border-line border-t bg-fill px-2 py-1">
					<CornerDownLeft aria-hidden="true" className="mt-0.5 size-3.5 flex-none text-ink-3" />
					<Text text={result.text} className="flex-1" />
					<span className="flex-none text-ink-3 tabular-nums">{formatCount(result.characters)} chars</span>
				</div>
			)}
		</div>
	);
}

/** Characters of a text in one line: more than fit. */
const MAX_LINE = 300;

/** One line of a text, which opens to all that is kept of it here. */
function Text({ text, className }: { text: string; className: string }) {
	const [open, setOpen] = useState(false);
	const isLong = text.length > 60 || text.includes("\n");
	const shape = cn("min-w-0 text-left font-mono", className);
	if (!isLong) return <span className={cn(shape, "break-words")}>{text}</span>;
	return (
		<button
			type="button"
			aria-expanded={open}
			className={cn(shape, open ? "max-h-80 overflow-y-auto whitespace-pre-wrap break-words" : "truncate")}
			onClick={() => setOpen(!open)}
		>
			{open ? text : text.trim().slice(0, MAX_LINE).replace(/\s+/g, " ")}
		</button>
	);
}
