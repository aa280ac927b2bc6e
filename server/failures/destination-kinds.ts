import { z } from "zod";
import type { CredentialType } from "@/server/credentials/catalog";
import { catalog, definitionOf } from "@/server/nodes/catalog";
import type { FailureTelling, FailureText, NodeDefinition } from "@/server/plan/node-definition";
import { explainProblem } from "@/server/plan/validate/explain-problem";
import { metadataOf } from "@/server/plan/values/schema-tree";

/** Members of the team, by their inbox. Every other kind of destination is a type of step that tells of failures. */
export const INBOX = "inbox";

/** The settings of a destination by name; of a credential its name. */
export type Fields = Readonly<Record<string, string>>;

export interface DestinationField {
	key: string;
	label: string;
	help: string | null;
	placeholder: string | null;
	required: boolean;
	mails: z.core.GlobalMeta["mails"] | null;
	/** By the types of credentials that fit: the part that is read. Null for what is typed. */
	credentials: Partial<Record<CredentialType, string>> | null;
}

type Telling = NodeDefinition & { tellsFailures: FailureTelling };

/** The types of steps that tell of failures, as the settings offer them. */
export function listDestinationKinds() {
	const definitions: readonly NodeDefinition[] = Object.values(catalog);
	return definitions.filter(isTelling).map((definition) => ({
		type: definition.type,
		name: definition.tellsFailures.name,
		fields: definition.tellsFailures.fields.map((key) => describeField(definition, key)),
	}));
}

/** The type of step of a stored destination; undefined for one that this version does not know. */
export function findTelling(type: string): Telling | undefined {
	const definition = definitionOf(type);
	return definition && isTelling(definition) ? definition : undefined;
}

function isTelling(definition: NodeDefinition): definition is Telling {
	return definition.tellsFailures !== undefined;
}

function describeField({ config }: NodeDefinition, key: string): DestinationField {
	const schema = config.shape[key] ?? z.string();
	const { label = key, help = null, placeholder = null, credential, mails = null } = metadataOf(schema);
	const fit = typeof credential === "function" ? credential({}) : null;
	const parts = Object.entries(fit ?? {}).map(([type, fills]) => [type, fills[key] ?? ""] as const);
	const required = !schema.safeParse(undefined).success;
	// What a step reads by a reference is chosen here, or typed as it is.
	const example = placeholder?.replace(/,? *\{\{.*$/, "") || null;
	return {
		key,
		label,
		help,
		placeholder: fit ? null : example,
		required,
		mails,
		credentials: fit && Object.fromEntries(parts),
	};
}

export function fieldsOfKind(definition: Telling): DestinationField[] {
	return definition.tellsFailures.fields.map((key) => describeField(definition, key));
}

/** The config of the step that tells, with what it is to tell. Fields that are left empty are left out. */
export function configOf({ tellsFailures }: Telling, fields: Fields, told: FailureText): Record<string, unknown> {
	const filled = tellsFailures.fields.flatMap((key) => (fields[key] ? [[key, fields[key]] as const] : []));
	return { ...Object.fromEntries(filled), ...tellsFailures.message(told) };
}

const SAMPLE: FailureText = { title: "t", text: "t", event: "e", data: {} };

/** What does not fit, as the form of the step would say it. */
export function problemsOf(definition: Telling, fields: Fields): string[] {
	const config = configOf(definition, fields, SAMPLE);
	const { error } = z.safeParse(definition.config, config);
	return (error?.issues ?? []).map((issue) => explainProblem(issue, definition.config, config));
}
