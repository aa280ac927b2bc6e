import { keyOfTrigger, type Trigger } from "../../triggers/catalog";
import { type Plan, planSchema } from "../plan";
import { findHostility } from "../validate/find-hostility";
import { isSameJson } from "../values/same-json";

/** The workflow's declared inputs. */
export function setInputs(plan: Plan, inputs: Plan["inputs"]): Plan {
	return setPlanField(plan, { inputs });
}

/** One more way in which the workflow starts. A kind without ids is not added twice; another one gets an id of its own. */
export function addTrigger(plan: Plan, trigger: Trigger): Plan {
	const taken = new Set(plan.triggers.map(keyOfTrigger));
	if (!("id" in trigger)) {
		return taken.has(trigger.type) ? plan : setPlanField(plan, { triggers: [...plan.triggers, trigger] });
	}
	let id = trigger.id;
	for (let count = 2; taken.has(id); count += 1) id = `${trigger.id}_${count}`;
	return setPlanField(plan, { triggers: [...plan.triggers, { ...trigger, id }] });
}

/** Puts another trigger in the place of one, by its id. */
export function setTrigger(plan: Plan, key: string, trigger: Trigger): Plan {
	return setPlanField(plan, { triggers: plan.triggers.map((each) => (keyOfTrigger(each) === key ? trigger : each)) });
}

export function removeTrigger(plan: Plan, key: string): Plan {
	return setPlanField(plan, { triggers: plan.triggers.filter((each) => keyOfTrigger(each) !== key) });
}

/** Timeout, concurrency and budget. */
export function setSettings(plan: Plan, settings: Plan["settings"]): Plan {
	return setPlanField(plan, { settings });
}

const shape = planSchema.pick({ inputs: true, triggers: true, settings: true });

/** Why these cannot be written, with the path of each mistake; empty when they can. For the forms that edit them. */
export function explainPlanFields(
	fields: Partial<Pick<Plan, "inputs" | "triggers" | "settings">>,
): { field: string; message: string }[] {
	const hostility = findHostility(fields);
	if (hostility) return [{ field: hostility.path.join("."), message: hostility.message }];
	const { error } = shape.safeParse(fields);
	return (error?.issues ?? []).map(({ path, message }) => ({ field: path.join("."), message }));
}

/** What the plan's schema refuses leaves the plan as it is. */
function setPlanField(plan: Plan, field: Partial<Pick<Plan, "inputs" | "triggers" | "settings">>): Plan {
	if (explainPlanFields(field).length > 0) return plan;
	const { inputs, triggers, settings } = plan;
	const before = { inputs, triggers, settings };
	const after = shape.parse({ ...before, ...field });
	return isSameJson(before, after) ? plan : { ...plan, ...after };
}
