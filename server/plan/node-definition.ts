import type { z } from "zod";
import type { CredentialType } from "../credentials/catalog";
import type { ReferenceRoot } from "./expressions/scope";
import type { PortName } from "./plan";
import type { PromptUse } from "./prompts/prompt-use";
import type { Json, JsonObject } from "./values/json";

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
	| "select"
	| "workflow"
	| "workflow-inputs"
	| "prompt"
	| "prompt-variables";

/**
 * How `{{ references }}` in a field reach the step.
 * `text` (the default): replaced by their values. `shell`: passed as environment variables, quoted for the place
 * they stand in, so that a value can never become a command. `url`: escaped, so that a value stays one part of the
 * address. `none`: the field is code and is left as written.
 */
export type ReferenceMode = "text" | "shell" | "url" | "none";

export type CredentialFit = Partial<Record<CredentialType, Readonly<Record<string, string>>>>;

/** How a field is shown beside the values of its form, where it is not as it says itself. */
export interface ShownAs {
	help?: string;
	placeholder?: string;
	/** A text that is kept exactly as it is typed, in the place of JSON. */
	widget?: "textarea";
}

declare module "zod" {
	interface GlobalMeta {
		label?: string;
		help?: string;
		placeholder?: string;
		widget?: FieldWidget;
		/** The language of a `code` field. */
		language?: "shell" | "python" | "javascript" | "json" | "markdown";
		references?: ReferenceMode;
		/** How a form calls each option of an enum, or of a list of one, and what it does; by default the option itself. */
		choices?: Readonly<Record<string, { label: string; help?: string }>>;
		/** `null`: a reference that leads nowhere is null here, rather than a failure of the step. */
		missing?: "null";
		/**
		 * The field wants a credential. By the type of those that fit: the fields of the form that one fills in, each with
		 * the part that it reads, `""` for the whole. `entries`: named values, to which one of any type adds its own.
		 */
		credential?: ((values: Readonly<Record<string, unknown>>) => CredentialFit) | "entries";
		/** This server's own mails go to whom it names, or unless it names a mail server: where there are none the form says so. */
		mails?: "to-these" | "unless-set";
		/** Shown under "More" in the inspector. */
		advanced?: boolean;
		/** Whether the field means something beside these values of its form. One that holds a value is shown in any case. */
		visibleWhen?: (values: Readonly<Record<string, unknown>>) => boolean;
		/** Whether these values of its form want it, though its schema alone lets it be missing. */
		requiredWhen?: (values: Readonly<Record<string, unknown>>) => boolean;
		/** What of it is another beside these values of its form; the rest is as it says itself. */
		shownAs?: (values: Readonly<Record<string, unknown>>) => ShownAs;
		/**
		 * The part of the form that edits the field, which is shown itself only while a reference decides it. `rules`: beside
		 * the rules. `failure`: in "When it fails", of a container with items; an enum of `stop` (the default) and `continue`.
		 */
		editedIn?: "rules" | "failure";
		/**
		 * Another way to write the same, offered below the field. `expression`: `rules` and `match` as the CEL expression
		 * `when`. `rules`: the reverse. `cases`: cases that compare `value`, or have an expression `when` each.
		 */
		otherForm?: "expression" | "rules" | "cases";
	}
}

/** Any config as a draft may hold it: references and all, perhaps invalid. */
type StoredConfig = Readonly<Record<string, unknown>>;

interface Body {
	/** How the body runs, in a few words at the right of the header: `3 at a time`. */
	summary(config: StoredConfig): string | undefined;
}

/** Runs once for each item. The steps inside read `item`, `iteration.index` (from 0) and `iteration.total`. */
interface ItemsBody extends Body {
	runs: "items";
	/** The items of a config, be it as a run recorded it or, with references in them, as it is written. */
	items(config: JsonObject): Json[];
	/** Whether items may work in directories of their own; left out: never. */
	mayOwnWorkspace?(config: StoredConfig): boolean;
}

/**
 * Runs again and again, one iteration after the other. The steps inside read `vars`, `iteration.index` (from 0) and
 * `iteration.previous`, the steps of the iteration before by id.
 */
interface RoundsBody extends Body {
	runs: "rounds";
	/** The variables in a config (those it begins with), or in the output of a run (those it ended with). */
	vars(values: JsonObject): JsonObject;
}

/** What a container's steps find around them. */
export type ContainerBody = ItemsBody | RoundsBody;

/** A JSON schema's type; `any` where it has none. */
type OutputKind = "string" | "number" | "integer" | "boolean" | "array" | "object" | "any";

/** What is told when a workflow has begun to fail, or works again. Plain text, of one line each. */
export interface FailureText {
	title: string;
	text: string;
	/** Why it fails, in the step's own words. */
	excerpt?: string;
	link?: { text: string; url: string };
	/** What has happened, in dotted words, and the same as data. */
	event: string;
	data: JsonObject;
}

/** A step that tells of failed workflows, too, without being drawn. */
export interface FailureTelling {
	/** Where it tells, as people name it. */
	name: string;
	/** The fields of its config that say where; the first is what a list shows. Credentials are chosen, never typed. */
	fields: readonly string[];
	/** The rest of its config. */
	message(told: FailureText): JsonObject;
}

/** Everything browser-safe about a node type but its kind. */
interface DefinitionParts<Type extends string, Config extends z.ZodObject, Output extends z.ZodType> {
	type: Type;
	title: string;
	/** One plain sentence: what it does for the person who adds it. */
	description: string;
	/** A lucide icon name, as in `circle-check`. */
	icon: string;
	/** Everyday words by which people look for it, the likeliest first; in lower case. */
	keywords: readonly string[];
	category: NodeCategory;
	/** False when doing it twice is as good as doing it once: it reads what it is given, and leaves nothing but its output. */
	hasEffect: boolean;
	/** Roots that its own work reads, beside those that the references of its config name. */
	readsRoots?: readonly ReferenceRoot[];
	/** Roots that only expressions of this type know, beside those that all know. */
	ownRoots?: readonly ReferenceRoot[];
	/** The name in `state` that a step with this config writes. */
	writesState?(config: StoredConfig): string | undefined;
	/** Whether its own work can fail, beyond a reference without a value: then its form asks what follows a failure. */
	canFail(config: StoredConfig): boolean;
	/** The first port is the main one. */
	ports(config: StoredConfig): PortName[];
	/** What of a config its ports depend on, for those who may see the drawing alone; left out: nothing. */
	outline?(config: StoredConfig): JsonObject;
	/** The port that is taken with an output, for types with several; undefined where it does not tell. */
	portOf?(output: Json): PortName | undefined;
	config: Config;
	output: Output;
	/** The schema of the output of a node with this config, where the config says more than its type. */
	outputOf?(config: StoredConfig): z.ZodType;
	/** Which prompt of the library a step with this config uses. */
	promptOf?(config: StoredConfig): PromptUse | undefined;
	/** What a node that failed leaves beside its error. */
	leftByFailure?: z.ZodObject;
	/** What must be there before it can do its work, beside Weft itself, as somebody who wants to use its workflow reads it. */
	needs?: { kind: "program" | "people"; name: string; help: string };
	/** Its outputs are the output of the run. */
	isRunOutput?: boolean;
	/** What is likely a mistake, although it is allowed, at the field where it stands. */
	warnings?(config: StoredConfig): { field: string; message: string }[];
	/** The node's second line on the canvas, from the config as stored. */
	summary(config: StoredConfig): string;
	/** Kinds of values in the output of the step before that it can do something with: it is offered there first. */
	takes?: readonly OutputKind[];
	/** How it tells that workflows fail, for the settings of teams and workflows; left out where it cannot. */
	tellsFailures?: FailureTelling;
	/** It streams an answer (`context.token`), which a run shows in the place of the log. */
	streamsAnswer?: boolean;
	/** It works turn by turn, which a run shows: what it may take before it asks whether to go on. */
	limits?(config: StoredConfig): { turns: number; costUsd: number };
	/** Its turns can be changed, and gone on from in a run of its own. */
	forksTurns?: boolean;
	/** It compares what several coding agents have made: their outputs by name, as its config refers to them. */
	compares?(config: StoredConfig): Readonly<Record<string, unknown>>;
	/** Whether a step with this config only demonstrates what it would do. */
	isDemo?(config: StoredConfig): boolean;
	/** What it runs, as the input of a run says: the first line of its log. */
	command?(input: JsonObject): string | undefined;
}

/**
 * Everything browser-safe about a node type, in one object: the form, the validator, the YAML reader, the
 * documentation and the canvas all read it. `step` runs an executor; `wait` is suspended until a time or a decision;
 * `container` runs the steps in its body.
 */
export type NodeDefinition<
	Type extends string = string,
	Config extends z.ZodObject = z.ZodObject,
	Output extends z.ZodType = z.ZodType,
> = DefinitionParts<Type, Config, Output> &
	({ kind: "step" | "wait"; body?: undefined } | { kind: "container"; body: ContainerBody });

/** Keeps the literal types of a definition (its `type`, its `kind`, its schemas); adds nothing at run time. */
export function defineNode<const Definition extends NodeDefinition>(definition: Definition): Definition {
	return definition;
}
