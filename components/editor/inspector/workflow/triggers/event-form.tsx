"use client";

import type { EventConfig } from "@/server/triggers/event/definition";
import { CheckedField } from "../../fields/checked-field";
import { numberText, wordsText } from "../../fields/field-text";
import { DeliveryLog } from "./delivery-log";
import { PassedValues } from "./passed-values";
import { SignalState } from "./signal-state";
import { TestEvent } from "./test-event";
import { TimeMachine } from "./time-machine";
import { useTriggerProblems } from "./use-trigger-problems";

interface EventFormProps {
	trigger: EventConfig;
	onChange: (trigger: EventConfig) => void;
}

/** A workflow that events of other workflows start. */
export function EventForm({ trigger, onChange }: EventFormProps) {
	const { problems, issuesOf, write } = useTriggerProblems(trigger, onChange);
	return (
		<>
			<SignalState trigger={trigger} />
			<TestEvent id={trigger.id} />
			<div className="grid gap-3 border-line border-t px-4 py-4">
				<CheckedField
					label="Event"
					value={trigger.name}
					form={wordsText}
					placeholder="order.paid"
					help="As the steps that send it name it."
					onWrite={(name) => typeof name === "string" && write({ ...trigger, name })}
					expected="Name it in letters, digits and dots, such as order.paid."
				/>
				<CheckedField
					label="Only when"
					value={trigger.filter}
					form={wordsText}
					issues={issuesOf("filter")}
					placeholder="trigger.data.amount > 100"
					help="In CEL. Without it every event of the name starts a run."
					onWrite={(value) => write(withText(trigger, "filter", value))}
					expected="An expression of 4,000 characters at most."
				/>
				<CheckedField
					label="Duplicates have the same"
					value={trigger.dedupeKey}
					form={wordsText}
					issues={issuesOf("dedupeKey")}
					placeholder="trigger.data.order"
					help="In CEL. An event with the key of an earlier one starts nothing."
					onWrite={(value) => write(withText(trigger, "dedupeKey", value))}
					expected="An expression of 4,000 characters at most."
				/>
				{trigger.dedupeKey !== undefined && (
					<CheckedField
						label="For so many hours"
						value={trigger.dedupeHours}
						form={numberText}
						onWrite={(value = 24) => typeof value === "number" && write({ ...trigger, dedupeHours: value })}
						expected="Enter a number of hours from 1 to 720."
					/>
				)}
			</div>
			<PassedValues
				values={trigger.inputs}
				onWrite={(inputs) => write({ ...trigger, inputs })}
				problems={problems}
				reads={["trigger.data", "trigger.name", "trigger.source"]}
			/>
			<TimeMachine trigger={trigger} />
			<DeliveryLog id={trigger.id} />
		</>
	);
}

function withText(trigger: EventConfig, key: "filter" | "dedupeKey", value: unknown): EventConfig {
	const { [key]: _, ...rest } = trigger;
	return typeof value === "string" && value !== "" ? { ...rest, [key]: value } : rest;
}
