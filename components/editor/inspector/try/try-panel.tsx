"use client";

import { Check, CircleAlert, Info, Pin, PinOff, Play } from "lucide-react";
import { useMemo } from "react";
import { errorIssues } from "@/components/trpc/error-issues";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { FieldError } from "@/components/ui/forms/field";
import { isError } from "@/server/plan/issue";
import { useEditor } from "../../editor-store";
import { CodeField } from "../code/code-field";
import { useInspector } from "../inspector-context";
import { useDefinition, useNodeId } from "../node-fields";
import { issuesOf, issuesOfNode } from "../plan-issues";
import { editedParts, gatherInput, type TryInput } from "./gather-input";
import { LastRun } from "./last-run";
import { usePinnedInput } from "./pinned-inputs";
import { TryResult } from "./try-result";
import { useTry } from "./use-try";

const NOTHING_BROKEN = () => false;

/** One step alone: what it is to read, the button, and how it went. */
export function TryPanel() {
	const { team, slug, known } = useInspector();
	const nodeId = useNodeId();
	const plan = useEditor((state) => state.plan);
	const input = useMemo(() => gatherInput(plan, nodeId, known), [plan, nodeId, known]);
	const pinned = usePinnedInput(team, slug, nodeId);
	const attempt = useTry();
	const scope = pinned.text === undefined ? {} : editedParts(pinned.text, input.values);
	return (
		<div className="grid min-w-0 px-4 pb-4">
			<InputHead input={input} isPinned={pinned.text !== undefined} onUnpin={pinned.unpin} />
			{input.named.length > 0 || pinned.text !== undefined ? (
				<>
					<CodeField
						value={pinned.text ?? JSON.stringify(input.values, null, 2)}
						onChange={pinned.pin}
						language="json"
						size="script"
						kind="code"
						inside={false}
						label="Input"
						isBroken={NOTHING_BROKEN}
						control={scope ? {} : { "aria-invalid": true }}
					/>
					<InputNote input={input} isReadable={scope !== undefined} isPinned={pinned.text !== undefined} />
				</>
			) : (
				<p className="pb-3 text-12 text-ink-3">This step reads nothing from other steps or inputs.</p>
			)}
			<TryButton busy={attempt.isStarting} disabled={!scope} onTry={() => scope && attempt.start(scope)} />
			{attempt.error && <TryError error={attempt.error} />}
			<OnlyThisStep />
			{attempt.last && <TryResult key={attempt.last.runId} attempt={attempt.last} />}
		</div>
	);
}

interface InputHeadProps {
	input: TryInput;
	isPinned: boolean;
	onUnpin: () => void;
}

function InputHead({ input, isPinned, onUnpin }: InputHeadProps) {
	return (
		<div className="flex h-10 items-center gap-2">
			<b>Input</b>
			{isPinned && (
				<Chip>
					<Pin />
					pinned
				</Chip>
			)}
			{input.named.length > 0 && (
				<span className="ml-auto text-12 text-ink-3">
					{isPinned ? "edited, in this browser only" : <LastRun before="from" />}
				</span>
			)}
			{isPinned && (
				<Button intent="ghost" className="-mr-2.5" onClick={onUnpin}>
					<PinOff />
					Unpin
				</Button>
			)}
		</div>
	);
}

interface InputNoteProps {
	input: TryInput;
	isReadable: boolean;
	isPinned: boolean;
}

function InputNote({ input: { missing }, isReadable, isPinned }: InputNoteProps) {
	if (!isReadable)
		return <div className="py-1.5">{<FieldError>This is not a JSON object. Fix it, or unpin it.</FieldError>}</div>;
	const isComplete = missing.length === 0 || isPinned;
	const Icon = isComplete ? Check : CircleAlert;
	return (
		<p className="flex min-h-7 items-center gap-1.5 text-12 text-ink-3">
			<Icon aria-hidden="true" className={`size-3.5 flex-none ${isComplete ? "text-completed" : "text-retrying"}`} />
			<span className="min-w-0 [overflow-wrap:anywhere]">
				{isComplete ? "Every reference has a value." : `Enter a value for ${missing.join(", ")}.`}
			</span>
		</p>
	);
}

/** A step with problems of its own cannot be tried. */
function TryButton({ busy, disabled, onTry }: { busy: boolean; disabled: boolean; onTry: () => void }) {
	const { credentials } = useInspector();
	const nodeId = useNodeId();
	const isWrong = useEditor(({ plan }) => issuesOfNode(issuesOf(plan, credentials), nodeId).some(isError));
	return (
		<div className="flex min-h-10 items-center gap-3">
			<Button intent="tonal" size="form" busy={busy} disabled={disabled || isWrong} onClick={onTry}>
				<Play />
				Try this step
			</Button>
			{isWrong && <span className="text-12 text-ink-3">Fix its problems first.</span>}
		</div>
	);
}

function TryError({ error }: { error: Error }) {
	const issues = errorIssues(error);
	return (
		<div role="alert" className="grid gap-1 pb-2">
			<FieldError>{errorText(error)}</FieldError>
			{issues.map(({ message }) => (
				<FieldError key={message}>{message}</FieldError>
			))}
		</div>
	);
}

function OnlyThisStep() {
	const isContainer = useDefinition()?.kind === "container";
	return (
		<div className="mt-1 flex gap-2.5 rounded-3 border border-line bg-page px-3 py-2.5 text-12 text-ink-2">
			<Info aria-hidden="true" className="size-4 flex-none text-ink-3" />
			<span>
				<b className="text-ink">Only this step runs{isContainer && ", with the steps inside it"}.</b> No step before or
				after it starts, and no list shows it as a run. What it does is real: commands run, calls are made and paid for.
			</span>
		</div>
	);
}
