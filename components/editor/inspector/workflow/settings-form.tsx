"use client";

import { Select } from "@/components/ui/forms/select";
import { explainPlanFields, setSettings } from "@/server/plan/edits/set-plan-fields";
import type { PlanSettings } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { useEditor, useEditorStore } from "../../editor-store";
import { CheckedField } from "../fields/checked-field";
import { FieldFrame } from "../fields/field-frame";
import { durationText, numberText, type TextForm } from "../fields/field-text";
import { useInspector } from "../inspector-context";
import { issuesOf, issuesOfNode } from "../plan-issues";
import { useStable } from "../use-stable";

/** How long a run may last, what it may cost, and how many may run at once. */
export function SettingsForm() {
	const settings = useEditor(({ plan }) => plan.settings);
	const write = useWriteSettings();
	const { timeoutSeconds, budgetUsd, concurrency } = settings;
	return (
		<div className="grid gap-3 px-4 pb-4">
			<div className="grid grid-cols-2 items-end gap-2">
				<CheckedField
					label="Run timeout"
					value={timeoutSeconds}
					form={durationText}
					onWrite={(value = 86_400) => typeof value === "number" && write({ ...settings, timeoutSeconds: value })}
					expected="Enter a time up to 30 days, such as 2 h."
				/>
				<CheckedField
					label="Spending limit per run ($)"
					value={budgetUsd}
					form={dollarText}
					placeholder="none"
					onWrite={(value) => writeOptional(value, (budget) => write(withBudget(settings, budget)))}
					expected="Enter an amount in dollars, such as 0.50."
				/>
			</div>
			<CheckedField
				label="Runs at the same time"
				value={concurrency?.limit}
				form={numberText}
				placeholder="any number"
				onWrite={(value) => writeOptional(value, (limit) => write(withLimit(settings, limit)))}
				expected="Enter a number from 1 to 1,000."
			/>
			{concurrency && <Crowding settings={settings} concurrency={concurrency} />}
		</div>
	);
}

type Concurrency = NonNullable<PlanSettings["concurrency"]>;

const POLICIES = [
	{ value: "queue", label: "Wait in the queue" },
	{ value: "skip", label: "Skip new runs" },
	{ value: "cancel-previous", label: "Cancel the previous run" },
] as const satisfies readonly { value: Concurrency["policy"]; label: string }[];

/** What becomes of the runs above the limit, and what they are counted by. */
function Crowding({ settings, concurrency }: { settings: PlanSettings; concurrency: Concurrency }) {
	const write = useWriteSettings();
	const { credentials } = useInspector();
	const issues = useStable(({ plan }) =>
		issuesOfNode(issuesOf(plan, credentials)).filter(({ field }) => field === "settings.concurrency.key"),
	);
	const change = (next: Concurrency) => write({ ...settings, concurrency: next });
	return (
		<>
			<FieldFrame label="Above the limit" issues={[]}>
				{(control) => (
					<Select
						{...control}
						value={concurrency.policy}
						options={POLICIES}
						onChange={(value) => {
							const policy = POLICIES.find((each) => each.value === value)?.value;
							if (policy) change({ ...concurrency, policy });
						}}
					/>
				)}
			</FieldFrame>
			<CheckedField
				label="Count by"
				issues={issues}
				help="Runs with the same value share the limit. Empty: all runs share it."
				value={concurrency.key}
				form={plainText}
				placeholder="{{ inputs.branch }}"
				onWrite={(value) => {
					const { key: _, ...rest } = concurrency;
					return change(typeof value === "string" ? { ...rest, key: value } : rest);
				}}
				expected="Enter at most 500 characters."
			/>
		</>
	);
}

const plainText: TextForm = {
	write: (value) => (typeof value === "string" ? value : ""),
	read: (text) => (text === "" ? undefined : text),
};

const dollarText: TextForm = {
	write: (value) => (typeof value === "number" ? `$${value}` : ""),
	read: (text) => numberText.read(text.replace("$", "")),
};

function writeOptional(value: Json | undefined, write: (value: number | undefined) => boolean): boolean {
	return (value === undefined || typeof value === "number") && write(value);
}

function withBudget({ budgetUsd: _, ...rest }: PlanSettings, budget: number | undefined): PlanSettings {
	return budget === undefined ? rest : { ...rest, budgetUsd: budget };
}

function withLimit({ concurrency, ...rest }: PlanSettings, limit: number | undefined): PlanSettings {
	return limit === undefined ? rest : { ...rest, concurrency: { policy: "queue", ...concurrency, limit } };
}

/** Writes the settings; false when a plan cannot hold them. */
function useWriteSettings(): (settings: PlanSettings) => boolean {
	const store = useEditorStore();
	return (settings) => {
		if (explainPlanFields({ settings }).length > 0) return false;
		store.getState().apply("Change limits", (plan) => setSettings(plan, settings), { coalesce: "settings" });
		return true;
	};
}
