import type { z } from "zod";
import type { PortName } from "./plan";
import type { ReferenceRoot } from "./scope";

export type NodeCategory = "code" | "data" | "flow" | "ai" | "people" | "notify";

/** How the inspector shows a field; without it the widget follows from the zod type. */
export type FieldWidget =
	| "text"
	| "textarea"
	| "code"
	| "cel"
	| "duration"
	| "model"
	| "key-value"
	| "json"
	| "json-schema"
	| "form-fields"
	| "rules"
	| "select";

/**
 * How `{{ references }}` in a field reach the step.
 * `text` (the default): replaced by their values. `shell`: passed as environment variables, quoted for the place
 * they stand in, so that a value can never become a command. `url`: escaped, so that a value stays one part of the
 * address. `none`: the field is code and is left as written.
 */
export type ReferenceMode = "text" | "shell" | "url" | "none";

declare module "zod" {
	interface GlobalMeta {
		label?: string;
		help?: string;
		placeholder?: string;
		widget?: FieldWidget;
		/** The language of a `code` field. */
		language?: "shell" | "python" | "javascript" | "json" | "markdown";
		references?: ReferenceMode;
		/** `null`: a reference that leads nowhere is null here, rather than a failure of the step. */
		missing?: "null";
		/** Shown under "More" in the inspector. */
		advanced?: boolean;
	}
}

/**
 * Everything browser-safe about a node type, in one object: the form, the validator, the YAML reader, the
 * documentation and the canvas all read it.
 */
export interface NodeDefinition<
	Type extends string = string,
	Config extends z.ZodObject = z.ZodObject,
	Output extends z.ZodType = z.ZodType,
> {
	type: Type;
	title: string;
	/** One plain sentence: what it does for the person who adds it. */
	description: string;
	/** A lucide icon name, as in `circle-check`. */
	icon: string;
	/** Everyday words by which people look for it, the likeliest first; in lower case. */
	keywords: readonly string[];
	category: NodeCategory;
	/** `step` runs an executor; `container` owns a body; `wait` is suspended by the engine (a delay, an approval). */
	kind: "step" | "container" | "wait";
	/** False when doing it twice is as good as doing it once: it reads what it is given, and leaves nothing but its output. */
	hasEffect: boolean;
	/** Roots that its own work reads, beside those that the references of its config name. */
	readsRoots?: readonly ReferenceRoot[];
	/** Whether its own work can fail, beyond a reference without a value: then its form asks what follows a failure. */
	canFail(config: Readonly<Record<string, unknown>>): boolean;
	/** The config as stored, references and all; it may be invalid. The first port is the main one. */
	ports(config: Readonly<Record<string, unknown>>): PortName[];
	config: Config;
	output: Output;
	/** The schema of the output of a node with this config, where the config says more than its type. */
	outputOf?(config: Readonly<Record<string, unknown>>): z.ZodType;
	/** What a node that failed leaves beside its error. */
	leftByFailure?: z.ZodObject;
	/** What is likely a mistake, although it is allowed, at the field where it stands. */
	warnings?(config: Readonly<Record<string, unknown>>): { field: string; message: string }[];
	/** The node's second line on the canvas, from the config as stored. */
	summary(config: Readonly<Record<string, unknown>>): string;
}

/** Keeps the literal types of a definition (its `type`, its `kind`, its schemas); adds nothing at run time. */
export function defineNode<const Definition extends NodeDefinition>(definition: Definition): Definition {
	return definition;
}
