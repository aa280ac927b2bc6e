"use client";

import type { EventConfig } from "@/server/triggers/event/definition";
import { CheckedField } from "../../fields/checked-field";
import { wordsText } from "../../fields/field-text";
import { DuplicateFields, FilterField } from "./filter-fields";
import { TriggerFrame } from "./trigger-frame";
import { type TriggerFormProps, useTriggerForm } from "./use-trigger-form";

/** A workflow that events of other workflows start. */
export function EventForm(props: TriggerFormProps<EventConfig>) {
	const form = useTriggerForm(props);
	return (
		<TriggerFrame form={form} reads={["trigger.data", "trigger.name", "trigger.source"]}>
			<CheckedField
				label="Event"
				value={form.trigger.name}
				form={wordsText}
				placeholder="order.paid"
				help="As the steps that send it name it."
				onWrite={(name) => typeof name === "string" && form.set({ name })}
				expected="Name it in letters, digits and dots, such as order.paid."
			/>
			<FilterField
				form={form}
				placeholder="trigger.data.amount > 100"
				help="In CEL. Without it every event of the name starts a run."
			/>
			<DuplicateFields
				form={form}
				placeholder="trigger.data.order"
				help="In CEL. An event with the key of an earlier one starts nothing."
			/>
		</TriggerFrame>
	);
}
