import type { z } from "zod";

/** Everything about a kind of trigger, in one object: the plan's schema, YAML and all screens read it. Browser-safe. */
export interface TriggerDefinition<Type extends string = string, Config extends z.ZodObject = z.ZodObject> {
	type: Type;
	/** As it is stored in a plan, its `type` included. */
	config: Config;
	/** On its card, and in the list of what a published version starts by. */
	title: string;
	/** What started a run, in the words of a list: `By hand`. */
	cause: string;
	/** Behind its cause in the workflow's panel: how it is done. */
	detail: string;
	/** A lucide icon name, as in `mouse-pointer-click`. */
	icon: string;
	/** What the button that adds it says, and the trigger that is added. */
	add: { label: string; trigger: z.infer<Config> };
	/** The second line of its card, for a form of so many inputs. */
	summary(inputs: number): string;
	/** The same within a sentence, as in “Starts by hand, with a form”. */
	starts(inputs: number): string;
}

/** Checks a definition against the contract without widening its types. */
export function defineTrigger<const Type extends string, Config extends z.ZodObject>(
	definition: TriggerDefinition<Type, Config>,
): TriggerDefinition<Type, Config> {
	return definition;
}
