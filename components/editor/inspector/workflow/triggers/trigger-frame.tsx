import type { ReactNode } from "react";
import type { JsonObject } from "@/server/plan/values/json";
import { type Trigger, takesTestEvents, triggerDefinitionOf } from "@/server/triggers/catalog";
import { DeliveryLog } from "./delivery-log";
import { PassedValues } from "./passed-values";
import { TestEvent } from "./test-event";
import { TimeMachine } from "./time-machine";
import { TriggerState } from "./trigger-state";

interface TriggerFrameProps {
	form: {
		trigger: Extract<Trigger, { inputs: JsonObject }>;
		problems: readonly { field: string; message: string }[];
		set(changes: { inputs: JsonObject }): boolean;
	};
	/** Sections between the inputs that it passes on and its deliveries. */
	sections?: ReactNode;
	/** Its own settings. */
	children: ReactNode;
}

/** What the panels of all triggers have that something else starts: where it comes in, the settings, and what has come. */
export function TriggerFrame({ form: { trigger, problems, set }, sections, children }: TriggerFrameProps) {
	return (
		<>
			<TriggerState trigger={trigger} />
			{takesTestEvents(trigger) && <TestEvent id={trigger.id} />}
			<div className="grid gap-3 border-line border-t px-4 py-4">{children}</div>
			<PassedValues
				values={trigger.inputs}
				reads={triggerDefinitionOf(trigger.type)?.reads ?? []}
				problems={problems}
				onWrite={(inputs) => set({ inputs })}
			/>
			{sections}
			<TimeMachine trigger={trigger} />
			<DeliveryLog id={trigger.id} />
		</>
	);
}
