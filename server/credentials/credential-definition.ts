import { z } from "zod";
import { metadataOf } from "../plan/values/schema-tree";

/** What a credential may be called, so that `{{ secrets.NAME }}` reads it. */
export const credentialName = z
	.string()
	.regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "Use letters, digits and _, not starting with a digit; 64 at most.");

/** Characters that a credential holds at most, all of its values together. */
export const MAX_CREDENTIAL_LENGTH = 64_000;

/** What to say of a text that is longer than its field takes. */
export function atMost(length: number): string {
	return `Use ${length.toLocaleString("en-US")} characters at most.`;
}

/** What a person enters, by field: a text, or named texts. */
export const credentialValues = z.record(
	z.string().max(64),
	z.union([z.string().max(MAX_CREDENTIAL_LENGTH), z.record(z.string().max(64), z.string().max(MAX_CREDENTIAL_LENGTH))]),
);
export type CredentialValues = z.infer<typeof credentialValues>;

/** The values that references read, by part; `""` is the one that `secrets.NAME` reads by itself. */
export type CredentialParts = Readonly<Record<string, string>>;

declare module "zod" {
	interface GlobalMeta {
		/** The field of a credential whose text is hidden while it is entered. */
		secret?: boolean;
	}
}

/** A type of credential: all that forms, the checker and the vault know of it. */
export interface CredentialDefinition<Type extends string = string, Values extends z.ZodObject = z.ZodObject> {
	type: Type;
	title: string;
	/** One plain sentence: what it is for. */
	description: string;
	/** The form: a text for each field, or named texts in the widget `key-value`; labelled by `.meta()`. */
	values: Values;
	/** What references read of these values. An empty text is no part. */
	parts(values: z.infer<Values>): CredentialParts;
	/** The part that stands for it in examples, where it is read by its parts alone. */
	firstPart?: string;
	/** The parts that a program wants of it, where that is not the whole; of several at will, `each`. */
	mainParts?: readonly string[] | "each";
	/** Parts that are no secret, and so are not hidden in logs. */
	publicParts?: readonly string[];
	/** How the Test button tries it: by a request to an address that the person names, or by itself. */
	testedBy?: "request" | "itself";
	/** What tells it from others of its type without giving it away. */
	hint(values: z.infer<Values>): string;
}

/** Keeps the literal types of a definition; adds nothing at run time. */
export function defineCredential<const Type extends string, Values extends z.ZodObject>(
	definition: CredentialDefinition<Type, Values>,
): CredentialDefinition<Type, Values> {
	return definition;
}

export interface CredentialField {
	name: string;
	label: string;
	help?: string | undefined;
	placeholder?: string | undefined;
	input: "text" | "secret" | "lines" | "pairs" | "select";
	/** What a `select` is chosen from. */
	options: readonly string[];
	isOptional: boolean;
}

/** The fields of a type's form, in the order of its schema. */
export function fieldsOf({ values }: CredentialDefinition): CredentialField[] {
	return Object.entries(values.shape).map(([name, schema]) => {
		const { label = name, help, placeholder, widget, secret } = metadataOf(schema);
		const options = optionsOf(schema);
		const text = widget === "textarea" ? "lines" : secret ? "secret" : "text";
		const input = widget === "key-value" ? "pairs" : options.length > 0 ? "select" : text;
		return { name, label, help, placeholder, input, options, isOptional: z.safeParse(schema, undefined).success };
	});
}

function optionsOf(schema: z.core.$ZodType): string[] {
	const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
	return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

/** The values without the fields that were left empty, so that an optional one may be. */
export function withoutEmpty(values: CredentialValues): CredentialValues {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

/** What is wrong with the values of a form, by field. */
export function problemsOf(definition: CredentialDefinition, values: CredentialValues): Record<string, string> {
	const { error } = definition.values.safeParse(withoutEmpty(values));
	const problems: Record<string, string> = {};
	for (const { path, message } of error?.issues ?? []) problems[String(path[0])] ??= message;
	const total = JSON.stringify(values).length;
	const [first] = Object.keys(definition.values.shape);
	if (total > MAX_CREDENTIAL_LENGTH + 1_000 && first !== undefined)
		problems[first] ??= "A credential holds at most 64,000 characters.";
	return problems;
}
