import type { ComponentType } from "react";
import type { Trigger } from "@/server/triggers/catalog";
import { AlertForm } from "./alert-form";
import { PlainForm } from "./plain-form";
import { RepositoryForm } from "./repository-form";
import { ScheduleForm } from "./schedule-form";
import type { TriggerFormProps } from "./use-trigger-form";
import { WebhookForm } from "./webhook-form";
import { WorkflowEndedForm } from "./workflow-ended-form";

/** Of the kinds whose settings take more than the fields that their schema describes. */
const forms: Partial<Record<Trigger["type"], ComponentType<TriggerFormProps<Trigger>>>> = {
	schedule: forTypes(["schedule"], ScheduleForm),
	webhook: forTypes(["webhook"], WebhookForm),
	alertmanager: forTypes(["alertmanager"], AlertForm),
	github: forTypes(["github", "gitlab"], RepositoryForm),
	gitlab: forTypes(["github", "gitlab"], RepositoryForm),
	"workflow-ended": forTypes(["workflow-ended"], WorkflowEndedForm),
};

/** The settings of a trigger, and what has come of it. */
export function TriggerSettings(props: TriggerFormProps<Trigger>) {
	const Form = forms[props.trigger.type] ?? PlainForm;
	return <Form {...props} />;
}

type OfType<Type extends Trigger["type"]> = Extract<Trigger, { type: Type }>;

function forTypes<Type extends Trigger["type"]>(
	types: readonly Type[],
	Form: ComponentType<TriggerFormProps<OfType<Type>>>,
) {
	const isOurs = (trigger: Trigger): trigger is OfType<Type> => types.some((type) => type === trigger.type);
	return function FormOfTypes({ trigger, onChange }: TriggerFormProps<Trigger>) {
		return isOurs(trigger) && <Form trigger={trigger} onChange={onChange} />;
	};
}
