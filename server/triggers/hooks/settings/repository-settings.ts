import { z } from "zod";
import { jsonObjectSchema } from "../../../plan/values/json";
import { triggerIdSchema } from "../../trigger-id";
import { secretNameSchema } from "./signature-settings";

/** Patterns of names: `*` stands for all but /, `**` for anything, and `!` before one leaves its names out. */
const patternsSchema = z
	.array(z.string().trim().min(1, "Write a pattern, as in release/*").max(200))
	.max(30)
	.default([]);

/** What triggers of all hosts of repositories have in common. An empty list lets everything through. */
export const repositorySettings = {
	id: triggerIdSchema,
	/** Triggers of a team with the same one are started by the same address; without it a trigger has its own. */
	address: triggerIdSchema.optional(),
	secret: secretNameSchema.optional(),
	/** Accepted as well, while the host changes from one to the other. */
	formerSecret: secretNameSchema.optional(),
	/** As in `opened`; of events that have none nothing is asked. */
	actions: z
		.array(z.string().regex(/^[a-z_]{1,60}$/, "Write an action as in opened"))
		.max(30)
		.default([]),
	/** That is pushed to, or that a change is meant for. */
	branches: patternsSchema,
	/** Of the files that a push changes. */
	paths: patternsSchema,
	labels: patternsSchema,
	/** By the name of the account. */
	authors: patternsSchema,
	/** CEL: starts a run only where it is true. */
	filter: z.string().max(4_000).meta({ widget: "cel" }).optional(),
	/** What its runs fill in of the workflow's form; texts may hold `{{ trigger.… }}`. */
	inputs: jsonObjectSchema.default({}),
	perMinute: z.int().min(1).max(100_000).default(600),
};

/** What steps read of what happens in a repository. */
export const REPOSITORY_READS = [
	"trigger.event",
	"trigger.action",
	"trigger.repository",
	"trigger.branch",
	"trigger.sender",
	"trigger.body",
];

const settingsSchema = z.object(repositorySettings);
export type RepositorySettings = z.infer<typeof settingsSchema>;

/** The references to the credentials that may sign. */
export function signersOf({ secret, formerSecret }: Pick<RepositorySettings, "secret" | "formerSecret">): string[] {
	return [secret, formerSecret].filter((name) => name !== undefined);
}

/** The secret that every request has to prove. */
export function checkSecret({ secret }: Pick<RepositorySettings, "secret">): { field: string; message: string }[] {
	if (secret !== undefined) return [];
	return [
		{
			field: "secret",
			message: "Choose the credential that holds the secret; until then every request is refused.",
		},
	];
}

/** Which events and branches: behind the name of a trigger. */
export function describeRepository(events: readonly string[], { branches, filter, ...lists }: RepositorySettings) {
	const more = filter !== undefined || lists.paths.length + lists.labels.length + lists.authors.length > 0;
	const what = events.length > 2 ? `${events.length} events` : events.join(", ");
	const where =
		branches.length === 0 ? "" : ` on ${branches.slice(0, 2).join(", ")}${branches.length > 2 ? ", …" : ""}`;
	return `${what}${where}${more ? ", filtered" : ""}`;
}
