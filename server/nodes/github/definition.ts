import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const ACTIONS = ["comment", "issue", "labels", "status", "check run"] as const;
type Action = (typeof ACTIONS)[number];

/** The fields that each action wants, beside the repository. */
const WANTED = {
	comment: ["number", "body"],
	issue: ["title"],
	labels: ["number"],
	status: ["commit", "name"],
	"check run": ["commit", "name"],
} as const satisfies Record<Action, readonly string[]>;

const MISSING: Readonly<Record<string, string>> = {
	number: "Enter the number of the issue or pull request",
	body: "Enter what it says",
	title: "Enter a title",
	commit: "Enter the commit, such as {{ trigger.body.after }}",
	name: "Enter the name under which it is shown",
};

const isOf =
	(...actions: Action[]) =>
	({ action }: Readonly<Record<string, unknown>>) =>
		actions.some((each) => each === (action ?? "comment"));

const isWanted = (field: string) => (values: Readonly<Record<string, unknown>>) =>
	ACTIONS.some((action) => isOf(action)(values) && WANTED[action].some((each) => each === field));

const labelsSchema = z.array(z.string().trim().min(1).max(50)).max(100);

const configSchema = z
	.strictObject({
		action: z.enum(ACTIONS).default("comment").meta({ label: "What it does", widget: "select" }),
		repository: z
			.string()
			.trim()
			.regex(/^[A-Za-z0-9-]{1,100}\/[A-Za-z0-9._-]{1,100}$/, "Name a repository, as in octocat/hello-world")
			.meta({ label: "Repository", placeholder: "{{ trigger.body.repository.full_name }}" }),
		token: z
			.string()
			.min(1, "Choose the credential that holds the token")
			.max(10_000)
			.meta({
				label: "Token",
				help: "A personal or an app’s access token that may write there.",
				placeholder: "{{ secrets.github }}",
				credential: () => ({ token: { token: "" } }),
			}),
		number: z
			.int()
			.min(1)
			.optional()
			.meta({
				label: "Issue or pull request",
				help: "Its number.",
				placeholder: "{{ trigger.body.pull_request.number }}",
				visibleWhen: isOf("comment", "labels"),
				requiredWhen: isWanted("number"),
			}),
		commit: z
			.string()
			.trim()
			.regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i, "Enter the whole hash of a commit, 40 characters")
			.optional()
			.meta({
				label: "Commit",
				placeholder: "{{ trigger.body.after }}",
				visibleWhen: isOf("status", "check run"),
				requiredWhen: isWanted("commit"),
			}),
		name: z
			.string()
			.trim()
			.min(1)
			.max(200)
			.optional()
			.meta({
				label: "Name",
				placeholder: "weft/review",
				visibleWhen: isOf("status", "check run"),
				requiredWhen: isWanted("name"),
			}),
		state: z
			.enum(["success", "failure", "error", "pending"])
			.default("success")
			.meta({ label: "State", widget: "select", visibleWhen: isOf("status") }),
		conclusion: z
			.enum(["success", "failure", "neutral", "cancelled", "timed_out", "action_required", "skipped"])
			.default("success")
			.meta({
				label: "Conclusion",
				help: "Check runs are written by GitHub apps alone; other tokens set a status.",
				widget: "select",
				visibleWhen: isOf("check run"),
			}),
		title: z
			.string()
			.trim()
			.min(1)
			.max(1_000)
			.optional()
			.meta({ label: "Title", visibleWhen: isOf("issue", "check run"), requiredWhen: isWanted("title") }),
		body: z
			.string()
			.max(1_000_000)
			.optional()
			.meta({
				label: "Text",
				help: "Markdown. A status shows its first 140 characters.",
				widget: "textarea",
				requiredWhen: isWanted("body"),
			}),
		labels: labelsSchema.optional().meta({ label: "Labels", visibleWhen: isOf("issue", "labels") }),
		removeLabels: labelsSchema.optional().meta({ label: "Labels that go", visibleWhen: isOf("labels") }),
		link: z
			.string()
			.trim()
			.max(2_000)
			.refine((url) => /^https?:\/\/[^/\s]/i.test(url), "Enter an address that starts with https:// or http://")
			.optional()
			.meta({
				label: "Details lead to",
				references: "url",
				advanced: true,
				visibleWhen: isOf("status", "check run"),
			}),
		api: z
			.string()
			.trim()
			.max(500)
			.refine((url) => /^https?:\/\/[^/\s]/i.test(url), "Enter an address that starts with https:// or http://")
			.default("https://api.github.com")
			.meta({ label: "API", help: "Of GitHub Enterprise: https://…/api/v3.", references: "url", advanced: true }),
	})
	.superRefine((config, context) => {
		for (const field of WANTED[config.action]) {
			if (config[field] === undefined || config[field] === "")
				context.addIssue({ code: "custom", path: [field], message: MISSING[field] ?? "Fill it in" });
		}
		const { action, labels = [], removeLabels = [] } = config;
		if (action === "labels" && labels.length + removeLabels.length === 0)
			context.addIssue({ code: "custom", path: ["labels"], message: "Name a label to add or to take away" });
	});

export const githubDefinition = defineNode({
	type: "github",
	title: "Write to GitHub",
	description: "Comments, opens an issue, sets labels, a status or a check run.",
	icon: "git-pull-request",
	keywords: ["comment", "issue", "label", "commit status", "check run", "pull request", "notify", "gh"],
	category: "notify",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({
		id: z.union([z.int(), z.null()]).meta({ label: "Id on GitHub; null for labels" }),
		number: z.union([z.int(), z.null()]).meta({ label: "Number of the issue; null for a commit" }),
		url: z.string().meta({ label: "Address on GitHub" }),
		existed: z.boolean().meta({ label: "Whether an earlier attempt had written it" }),
	}),
	takes: ["string"],
	summary({ action, repository }) {
		const where = summarizeText(repository, "no repository yet");
		return `${typeof action === "string" ? action : "comment"} in ${where}`;
	},
});
