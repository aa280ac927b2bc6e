import type { z } from "zod";
import type { FormField } from "../plan/form-field";
import type { TriggerDefinition } from "./trigger-definition";

/**
 * What a kind of trigger that starts runs by itself is checked by beyond its schema, and when it comes. Browser-safe:
 * editors check as well.
 */
export interface TriggerRegistration<Config extends z.ZodObject = z.ZodObject> {
	/** In place of `checkSettings`: what keeps it from starting runs of a workflow with this form: the path within its config, and what to do. */
	problems(config: z.infer<Config>, form: readonly FormField[]): { field: string; message: string }[];
	/**
	 * For one that starts runs at times: the first after `after`, and when its run is to start, both in ms since 1970; null
	 * when there is none. `id` is that of the registered trigger.
	 */
	next?(config: z.infer<Config>, at: { id: string; after: number }): { due: number; start: number } | null;
}

/** Checks a registration against the contract, for the settings of its definition. */
export function defineRegistration<Config extends z.ZodObject>(
	_definition: TriggerDefinition<string, Config>,
	registration: TriggerRegistration<Config>,
): TriggerRegistration<Config> {
	return registration;
}
