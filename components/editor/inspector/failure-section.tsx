"use client";

import { useId } from "react";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import { Switch } from "@/components/ui/forms/toggles";
import { PanelSection } from "@/components/ui/panel-section";
import { explainFields, type NodeFields, setNodeFields } from "@/server/plan/edits/set-node-fields";
import { type PlanNode, type RetryPolicy, retrySchema } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { useEditorStore } from "../editor-store";
import { CheckedField } from "./fields/checked-field";
import { describeFields } from "./fields/describe-fields";
import { FieldFrame } from "./fields/field-frame";
import { FieldIssues } from "./fields/field-issues";
import { durationText, numberText } from "./fields/field-text";
import { ItemFailure, isItemFailure } from "./item-failure";
import { useDefinition, useFieldIssues, useNode, useNodeId } from "./node-fields";

/** What follows a failure, where there can be one; also where there cannot, while something is set. */
export function FailureSection() {
	const definition = useDefinition();
	const canFail = useNode(({ config }) => definition?.canFail(config) ?? true, false);
	const isSet = useNode(
		({ retry, timeoutSeconds, onFailure }) => Boolean(retry) || timeoutSeconds !== undefined || onFailure !== "stop",
		false,
	);
	if (!canFail && !isSet) return null;
	return definition === undefined || definition.kind === "step" ? <AttemptsSection /> : <OutcomeSection />;
}

/** Containers and waits are not tried again: their one question is what comes after. */
function OutcomeSection() {
	const definition = useDefinition();
	const fields = definition ? describeFields(definition.config) : [];
	const ofItems = fields.find(({ editedIn }) => editedIn === "failure")?.key;
	const isChosen = useNode(({ config }) => ofItems !== undefined && isItemFailure(config[ofItems]), false);
	return (
		<PanelSection title="When it fails">
			<div className="grid gap-3 px-4 pb-4">
				{ofItems !== undefined && isChosen ? <ItemFailure field={ofItems} /> : <Then />}
				<FieldIssues issues={useFieldIssues("onFailure")} />
			</div>
		</PanelSection>
	);
}

/** How often a step is tried, how long it may take, and what happens when it has failed for good. */
function AttemptsSection() {
	const retry = useNode((node) => node.retry, undefined);
	const attempts = retry?.maxAttempts ?? 1;
	return (
		<PanelSection title="When it fails" end={attempts === 1 ? "one attempt" : `${attempts} attempts`}>
			<div className="grid gap-3 px-4 pb-4">
				<div className="grid grid-cols-[72px_minmax(0,1fr)_72px] gap-2">
					<Attempts retry={retry} />
					<Backoff retry={retry} />
					<FirstWait retry={retry} />
				</div>
				{retry && retry.backoff !== "fixed" && (
					<div className="grid grid-cols-[72px_minmax(0,1fr)] items-end gap-2">
						<LongestWait retry={retry} />
						<Jitter retry={retry} />
					</div>
				)}
				<div className="grid grid-cols-[72px_minmax(0,1fr)] gap-2">
					<Timeout />
					<Then />
				</div>
				<FieldIssues issues={useFieldIssues("onFailure")} />
			</div>
		</PanelSection>
	);
}

interface RetryProps {
	retry: RetryPolicy | undefined;
}

const USUAL_RETRY = retrySchema.parse({});

/** One attempt needs no policy. Beyond it, what was chosen before stays and the rest is as usual. */
function Attempts({ retry }: RetryProps) {
	const write = useWriteFields();
	const writeAttempts = (value: Json | undefined) => {
		if (value === undefined || value === 1) return write("Change attempts", { retry: undefined });
		if (typeof value !== "number") return false;
		return write("Change attempts", { retry: { ...USUAL_RETRY, ...retry, maxAttempts: value } });
	};
	return (
		<CheckedField
			label="Attempts"
			value={retry?.maxAttempts ?? 1}
			form={numberText}
			onWrite={writeAttempts}
			expected="Enter a number from 1 to 20."
		/>
	);
}

const BACKOFFS = [
	{ value: "fixed", label: "Fixed" },
	{ value: "linear", label: "Linear" },
	{ value: "exponential", label: "Exponential" },
] as const satisfies readonly { value: RetryPolicy["backoff"]; label: string }[];

function Backoff({ retry }: RetryProps) {
	const write = useWriteFields();
	return (
		<FieldFrame label="Backoff" issues={[]}>
			{(control) => (
				<Select
					{...control}
					disabled={!retry}
					value={retry?.backoff ?? "exponential"}
					options={BACKOFFS}
					onChange={(value) => {
						const backoff = BACKOFFS.find((each) => each.value === value)?.value;
						if (backoff && retry) write("Change backoff", { retry: { ...retry, backoff } });
					}}
				/>
			)}
		</FieldFrame>
	);
}

const WAIT_EXPECTED = "Enter a time up to a day, such as 5 s.";

function FirstWait({ retry }: RetryProps) {
	const write = useWriteFields();
	return (
		<CheckedField
			label="First wait"
			value={retry?.delaySeconds}
			form={durationText}
			disabled={!retry}
			placeholder={durationText.write(USUAL_RETRY.delaySeconds)}
			onWrite={(value = USUAL_RETRY.delaySeconds) =>
				retry !== undefined &&
				typeof value === "number" &&
				write("Change the first wait", { retry: { ...retry, delaySeconds: value } })
			}
			expected={WAIT_EXPECTED}
		/>
	);
}

function LongestWait({ retry }: { retry: RetryPolicy }) {
	const write = useWriteFields();
	const { maxDelaySeconds, ...rest } = retry;
	const writeWait = (value: Json | undefined) => {
		if (value === undefined) return write("Change the longest wait", { retry: rest });
		return (
			typeof value === "number" && write("Change the longest wait", { retry: { ...rest, maxDelaySeconds: value } })
		);
	};
	return (
		<CheckedField
			label="Longest wait"
			value={maxDelaySeconds}
			form={durationText}
			placeholder="no limit"
			onWrite={writeWait}
			expected={WAIT_EXPECTED}
		/>
	);
}

function Jitter({ retry }: { retry: RetryPolicy }) {
	const id = useId();
	const write = useWriteFields();
	return (
		<span className="flex h-(--h-field) items-center gap-2">
			<label htmlFor={id} className="flex-1 text-12 text-ink-2">
				Random jitter
			</label>
			<Switch
				id={id}
				checked={retry.jitter}
				onCheckedChange={(jitter) => write("Change jitter", { retry: { ...retry, jitter } })}
			/>
		</span>
	);
}

function Timeout() {
	const value = useNode((node) => node.timeoutSeconds, undefined);
	const write = useWriteFields();
	return (
		<CheckedField
			label="Timeout"
			value={value}
			form={durationText}
			placeholder="none"
			onWrite={(seconds) =>
				(seconds === undefined || typeof seconds === "number") &&
				write("Change the timeout", { timeoutSeconds: seconds })
			}
			expected="Enter a time up to a week, such as 60 s."
		/>
	);
}

const THEN = [
	{ value: "stop", label: "Stop" },
	{ value: "continue", label: "Continue" },
	{ value: "branch", label: "Branch" },
] as const satisfies readonly { value: PlanNode["onFailure"]; label: string }[];

function Then() {
	const value = useNode<PlanNode["onFailure"]>((node) => node.onFailure, "stop");
	const write = useWriteFields();
	return (
		<FieldFrame label="Then" issues={[]} group>
			{() => (
				<Segmented
					aria-label="Then"
					full
					className="h-(--h-field)"
					value={value}
					options={THEN}
					onChange={(onFailure) => write("Change what happens when it fails", { onFailure })}
				/>
			)}
		</FieldFrame>
	);
}

/** Writes fields of the step; false when the plan cannot hold them. */
function useWriteFields(): (label: string, fields: NodeFields) => boolean {
	const id = useNodeId();
	const store = useEditorStore();
	return (label, fields) => {
		if (explainFields(fields).length > 0) return false;
		store.getState().apply(label, (plan) => setNodeFields(plan, [id], fields), { coalesce: `${id} ${label}` });
		return true;
	};
}
