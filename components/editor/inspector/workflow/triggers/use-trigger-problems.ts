import { explainPlanFields } from "@/server/plan/edits/set-plan-fields";
import type { Issue } from "@/server/plan/issue";
import type { Trigger } from "@/server/triggers/catalog";
import { registrationOf } from "@/server/triggers/registrations";
import { useEditor } from "../../../editor-store";

/** What keeps a trigger of the draft from starting runs, and how its settings are written. */
export function useTriggerProblems<Config extends Trigger>(trigger: Config, onChange: (trigger: Config) => void) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	const problems = registrationOf(trigger)?.problems(trigger, inputs) ?? [];
	return {
		problems,
		issuesOf: (field: string): Issue[] =>
			problems
				.filter((each) => each.field === field)
				.map(({ message }) => ({ severity: "error", code: "invalid_trigger", message })),
		/** False when the plan cannot hold it. */
		write(next: Config): boolean {
			if (explainPlanFields({ triggers: [next] }).length > 0) return false;
			onChange(next);
			return true;
		},
	};
}
