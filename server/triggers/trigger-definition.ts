import type { z } from "zod";

/** What a kind of trigger is, in one object: the plan's schema, YAML and all screens read it. Browser-safe, and light. */
export interface TriggerDefinition<Type extends string = string, Config extends z.ZodObject = z.ZodObject> {
	type: Type;
	/** As it is stored in a plan, its `type` included. */
	config: Config;
	/** Whether it starts runs without somebody who asks for each: a new workflow with it stays a draft until it is published. */
	startsItself: boolean;
	/** On its card, and in the list of what a published version starts by. */
	title: string;
	/** What started a run, in the words of a list: `By hand`. */
	cause: string;
	/** Behind its cause in the workflow's panel: how it is done. */
	detail(config: z.infer<Config>): string;
	/** A lucide icon name, as in `mouse-pointer-click`. */
	icon: string;
	/** What the button that adds it says, and the trigger that is added. */
	add: { label: string; trigger: z.infer<Config> };
	/** The second line of its card, in a workflow whose form has so many inputs. */
	summary(config: z.infer<Config>, inputs: number): string;
	/** The same within a sentence, as in “Starts by hand, with a form”. */
	starts(config: z.infer<Config>, inputs: number): string;
	/** What a person has to know before its fields. */
	note?: string;
	/** What steps read of what comes to it, as in `trigger.body`; left out where nothing comes: by hand, or at a time. */
	reads?: readonly string[];
	/** For one that requests start (see `hooks/hook-kind.ts`): the address that it is given. */
	address?(config: z.infer<Config>): HookPlace;
	/** For one with an address: a command that sends a sample to it. */
	curl?(address: string, config: z.infer<Config>): string;
	/** Whether a draft can wait for something to come to it; left out: if it has an address. */
	takesTestEvents?: boolean;
	/** The references to the credentials that it reads: `NAME`, `NAME.part`. */
	secrets?(config: z.infer<Config>): string[];
	/** What of it a drawing shows, and so whoever sees the drawing; all of it where this is left out. */
	outline?(config: z.infer<Config>): z.infer<Config>;
}

/** An address, by its name: a trigger's own by its id, or one that triggers of the team share. */
export interface HookPlace {
	key: string;
	isShared: boolean;
}

/** Where triggers that name the same address are started together; without a name a trigger has its own. */
export function placeOf({ id, address }: { id: string; address?: string | undefined }): HookPlace {
	return { key: address ?? id, isShared: address !== undefined };
}

/** Checks a definition against the contract without widening its types. */
export function defineTrigger<const Type extends string, Config extends z.ZodObject>(
	definition: TriggerDefinition<Type, Config>,
): TriggerDefinition<Type, Config> {
	return definition;
}
