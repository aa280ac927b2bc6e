import { triggerSchema } from "@/server/plan/plan";
import { explainProblem } from "@/server/plan/validate/explain-problem";
import type { Json } from "@/server/plan/values/json";
import { type Trigger, triggerDefinitionOf } from "@/server/triggers/catalog";

/** A setting of a trigger by its name, as its schema describes it; undefined if it is not there. */
export function settingOf(trigger: Trigger, key: string): Json | undefined {
	const settings: Readonly<Record<string, Json | undefined>> = trigger;
	return Object.hasOwn(settings, key) ? settings[key] : undefined;
}

interface Setting {
	key: string;
	/** Undefined takes it away. */
	value: Json | undefined;
}

/** The trigger with another value of a setting, or why no plan can hold it. */
export function withSetting(trigger: Trigger, { key, value }: Setting): Trigger | { problem: string } {
	const { [key]: _, ...others }: Readonly<Record<string, Json | undefined>> = trigger;
	const next = value === undefined ? others : { ...others, [key]: value };
	const { data, error } = triggerSchema.safeParse(next);
	if (data) return data;
	const [problem] = error.issues;
	const schema = triggerDefinitionOf(trigger.type)?.config;
	return { problem: problem && schema ? explainProblem(problem, schema, next) : "This value cannot be kept." };
}
