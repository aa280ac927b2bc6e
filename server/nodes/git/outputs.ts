import { z } from "zod";
import { artifactRefSchema } from "@/server/artifacts/artifact-ref";

const branch = z.string().nullable().meta({ label: "Branch; null where the clone is at a commit of none" });
const commit = z.string().nullable().meta({ label: "Commit; null while there is none" });
const folder = z.string().meta({ label: "Folder of the clone" });
const url = z.string().meta({ label: "Address of the repository" });
const path = z.string().meta({ label: "Path in the clone" });

/** What each action hands on. */
export const GIT_OUTPUTS = {
	clone: z.object({
		...{ folder, url, branch, commit },
		existed: z.boolean().meta({ label: "Whether the clone was there already" }),
	}),
	"ensure branch": z.object({
		...{ folder, branch, commit },
		created: z.boolean().meta({ label: "Whether the branch is new" }),
	}),
	commit: z.object({
		...{ folder, branch, commit },
		committed: z.boolean().meta({ label: "Whether there was something to commit" }),
		files: z.int().meta({ label: "How many files it changes" }),
	}),
	push: z.object({
		...{ folder, url, branch, commit },
		pushed: z.boolean().meta({ label: "Whether there was something to push" }),
		created: z.boolean().meta({ label: "Whether the branch is new there" }),
	}),
	"current branch": z.object({
		...{ folder, branch, commit },
		detached: z.boolean().meta({ label: "Whether the clone is at a commit of no branch" }),
	}),
	"current commit": z.object({
		...{ folder, commit },
		short: z.string().meta({ label: "Its first characters" }),
		subject: z.string().meta({ label: "First line of its message" }),
		message: z.string().meta({ label: "Message" }),
		author: z.object({
			name: z.string().meta({ label: "Name" }),
			email: z.string().meta({ label: "E-mail" }),
		}),
		date: z.string().meta({ label: "When it was made" }),
	}),
	status: z.object({
		...{ folder, branch, commit },
		clean: z.boolean().meta({ label: "Nothing has changed" }),
		ahead: z.int().meta({ label: "Commits that are only here" }),
		behind: z.int().meta({ label: "Commits that are only there, as far as was fetched" }),
		files: z.array(
			z.object({
				path,
				change: z
					.enum(["added", "modified", "deleted", "renamed", "untracked", "conflicted"])
					.meta({ label: "Change" }),
				staged: z.boolean().meta({ label: "Whether it is staged" }),
			}),
		),
		count: z.int().meta({ label: "How many files have changed" }),
	}),
	diff: z.object({
		folder,
		base: z.string().meta({ label: "What it is compared with" }),
		diff: z.string().nullable().meta({ label: "The changes; null when they are in a file of the run" }),
		artifact: artifactRefSchema.nullable().meta({ label: "File of the run that holds more than 500 kB of them" }),
		files: z.array(
			z.object({
				path,
				additions: z.int().nullable().meta({ label: "New lines; null for a binary file" }),
				deletions: z.int().nullable().meta({ label: "Lines that are gone" }),
			}),
		),
		count: z.int().meta({ label: "How many files have changed" }),
		additions: z.int().meta({ label: "New lines" }),
		deletions: z.int().meta({ label: "Lines that are gone" }),
	}),
	"pull request": z.object({
		number: z.int().meta({ label: "Its number" }),
		url: z.string().meta({ label: "Its page" }),
		title: z.string().meta({ label: "Title" }),
		branch: z.string().meta({ label: "Branch" }),
		base: z.string().meta({ label: "Branch that it goes into" }),
		existed: z.boolean().meta({ label: "Whether it was open already" }),
	}),
} satisfies Record<string, z.ZodObject>;

export type GitOutput<Action extends keyof typeof GIT_OUTPUTS> = z.infer<(typeof GIT_OUTPUTS)[Action]>;

export function isGitAction(action: unknown): action is keyof typeof GIT_OUTPUTS {
	return typeof action === "string" && Object.hasOwn(GIT_OUTPUTS, action);
}
