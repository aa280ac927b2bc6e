import { explainPlanFields } from "@/server/plan/edits/set-plan-fields";
import type { Issue } from "@/server/plan/issue";
import type { Trigger } from "@/server/triggers/catalog";
import { registrationOf } from "@/server/triggers/registrations";
import { useEditor } from "../../../editor-store";

export interface TriggerFormProps<Config extends Trigger> {
	trigger: Config;
	onChange: (trigger: Config) => void;
}

/** A trigger of the draft in its form: what keeps it from starting runs, and how its settings are written. */
export interface TriggerForm<Config extends Trigger> {
	trigger: Config;
	problems: readonly { field: string; message: string }[];
	issuesOf(field: string): Issue[];
	/** False when the plan cannot hold it. */
	write(next: Config): boolean;
	/** Writes some settings; one that is undefined is taken away. False when the plan cannot hold them. */
	set(changes: Partial<Config>): boolean;
}

export function useTriggerForm<Config extends Trigger>({
	trigger,
	onChange,
}: TriggerFormProps<Config>): TriggerForm<Config> {
	const inputs = useEditor(({ plan }) => plan.inputs);
	const problems = registrationOf(trigger)?.problems(trigger, inputs) ?? [];
	const write = (next: Config) => {
		if (explainPlanFields({ triggers: [next] }).length > 0) return false;
		onChange(next);
		return true;
	};
	return {
		trigger,
		problems,
		issuesOf: (field) =>
			problems
				.filter((each) => each.field === field)
				.map(({ message }) => ({ severity: "error", code: "invalid_trigger", message })),
		write,
		set: (changes) => write(changed(trigger, changes)),
	};
}

function changed<Config extends Trigger>(trigger: Config, changes: Partial<Config>): Config {
	const next = { ...trigger, ...changes };
	for (const [key, value] of Object.entries(changes)) {
		if (value === undefined) Reflect.deleteProperty(next, key);
	}
	return next;
}
