import { z } from "zod";
import { isRefName } from "./branch-name";
import type { GIT_OUTPUTS } from "./outputs";

type Values = Readonly<Record<string, unknown>>;
type Action = keyof typeof GIT_OUTPUTS;

const ACTIONS = [
	"clone",
	"ensure branch",
	"commit",
	"push",
	"current branch",
	"current commit",
	"status",
	"diff",
	"pull request",
] as const satisfies readonly Action[];

const isOf =
	(...actions: Action[]) =>
	({ action = "clone" }: Values) =>
		actions.some((each) => each === action);

const asksRemote = isOf("clone", "push", "pull request");
const mayAskRemote = isOf("clone", "push", "pull request", "ensure branch");
const maySignIn = (values: Values) =>
	isOf("clone", "push")(values) || (isOf("ensure branch")(values) && Boolean(values.url));
const signsInBy = (way: string) => (values: Values) =>
	isOf("clone", "push", "ensure branch")(values) && values.auth === way;
const wantsToken = (values: Values) => isOf("pull request")(values) || signsInBy("token")(values);

const BASE_HELP: Readonly<Record<string, string>> = {
	"ensure branch": "Where the branch begins if it is new: a branch, tag or commit. Empty: where the clone is.",
	diff: "What the changes are compared with: a branch, tag or commit. Empty: the last commit.",
	"pull request": "The branch that the changes go into. Empty: the repository’s default branch.",
};

const refSchema = z.string().trim().max(250).refine(isRefName, "Enter the name of a branch, such as main");
const pointSchema = z.string().trim().max(250).refine(isRefName, "Enter the name of a branch or tag, or a commit");

const apiSchema = z
	.string()
	.trim()
	.max(500)
	.refine((url) => /^https?:\/\/[^/\s]/i.test(url), "Enter an address that starts with https:// or http://");

export const gitConfigSchema = z
	.strictObject({
		action: z.enum(ACTIONS).default("clone").meta({
			label: "Action",
			help: "A pull request is a merge request on GitLab.",
			widget: "select",
		}),
		url: z
			.string()
			.trim()
			.max(2_000)
			.refine((url) => !/^-|[\s\p{Cc}]/u.test(url), "Enter the address of a repository")
			.optional()
			.meta({
				label: "Repository",
				help: "By https:// or SSH. Steps after a clone take it by {{ steps.clone.output.url }}. To ensure a branch: empty looks for it in the clone only.",
				placeholder: "https://github.com/acme/site.git",
				visibleWhen: mayAskRemote,
				requiredWhen: asksRemote,
			}),
		folder: z
			.string()
			.max(1_000)
			.refine(
				(path) => !/^[/-]|\0/.test(path) && !path.split("/").includes(".."),
				"Write a folder inside the workspace",
			)
			.default("repo")
			.meta({ label: "Folder", help: "Of the clone, in the run's workspace.", placeholder: "repo" }),
		auth: z.enum(["none", "token", "ssh"]).default("none").meta({
			label: "Sign in with",
			help: "None for a public repository, a token for https://, or an SSH key.",
			widget: "select",
			visibleWhen: maySignIn,
		}),
		user: z
			.string()
			.regex(/^[^:\s]*$/, "A user name has no colon and no spaces")
			.max(200)
			.default("x-access-token")
			.meta({
				label: "User name",
				help: "GitHub and GitLab take any with a token; others want their own.",
				advanced: true,
				visibleWhen: signsInBy("token"),
			}),
		token: z
			.string()
			.max(10_000)
			.optional()
			.meta({
				label: "Token",
				help: "A personal, project or app's access token that may do this there. It is written to no file.",
				placeholder: "{{ secrets.github }}",
				visibleWhen: wantsToken,
				requiredWhen: wantsToken,
				credential: (values) =>
					wantsToken(values)
						? {
								token: { token: "" },
								...(signsInBy("token")(values) && { basic: { user: "user", token: "password" } }),
							}
						: {},
			}),
		sshKey: z
			.string()
			.max(32_000)
			.optional()
			.meta({
				label: "SSH key",
				placeholder: "{{ secrets.deploy_key }}",
				visibleWhen: signsInBy("ssh"),
				requiredWhen: signsInBy("ssh"),
				credential: (values) =>
					signsInBy("ssh")(values) ? { "ssh-key": { sshKey: "", passphrase: "passphrase" } } : {},
			}),
		passphrase: z
			.string()
			.max(1_000)
			.optional()
			.meta({
				label: "Passphrase",
				help: "Empty for a key without one.",
				placeholder: "{{ secrets.deploy_key.passphrase }}",
				advanced: true,
				visibleWhen: signsInBy("ssh"),
			}),
		knownHosts: z
			.string()
			.max(20_000)
			.optional()
			.meta({
				label: "Known hosts",
				help: "The server's lines of known_hosts, as ssh-keyscan prints them. Those of github.com, gitlab.com and bitbucket.org are known.",
				widget: "textarea",
				visibleWhen: signsInBy("ssh"),
			}),
		ref: pointSchema.optional().meta({
			label: "Branch, tag or commit",
			help: "Empty: the repository's default branch.",
			placeholder: "main",
			visibleWhen: isOf("clone"),
		}),
		depth: z
			.int()
			.min(0)
			.max(1_000_000)
			.default(50)
			.meta({
				label: "Commits of the history",
				help: "As many from the newest on; 0 is all of them. Submodules and the files of Git LFS are not fetched.",
				advanced: true,
				visibleWhen: isOf("clone"),
			}),
		maxMb: z
			.int()
			.min(1)
			.max(100_000)
			.default(2_000)
			.meta({
				label: "Size limit (MB)",
				help: "A larger repository fails the step.",
				advanced: true,
				visibleWhen: isOf("clone"),
			}),
		branch: refSchema.optional().meta({
			label: "Branch",
			help: "To push, or to ask for a pull request: empty is the current one.",
			placeholder: "weft/update",
			visibleWhen: isOf("ensure branch", "push", "pull request"),
			requiredWhen: isOf("ensure branch"),
		}),
		base: pointSchema.optional().meta({
			label: "Base",
			shownAs: ({ action }) => {
				const help = BASE_HELP[String(action)];
				return help === undefined ? {} : { help };
			},
			placeholder: "main",
			visibleWhen: isOf("ensure branch", "diff", "pull request"),
		}),
		message: z
			.string()
			.max(100_000)
			.optional()
			.meta({
				label: "Message",
				widget: "textarea",
				placeholder: "Update the dependencies",
				visibleWhen: isOf("commit"),
				requiredWhen: isOf("commit"),
			}),
		paths: z
			.array(z.string().min(1).max(1_000))
			.max(1_000)
			.default([])
			.meta({
				label: "Only these paths",
				help: "Files and folders of the clone. Empty: everything that has changed, new and deleted files included.",
				advanced: true,
				visibleWhen: isOf("commit", "diff"),
			}),
		authorName: z
			.string()
			.regex(/^[^<>\n]*$/, "A name has no < or >")
			.max(200)
			.default("Weft")
			.meta({ label: "Author", advanced: true, visibleWhen: isOf("commit") }),
		authorEmail: z
			.string()
			.regex(/^[^<>\s]*$/, "Enter an e-mail address")
			.max(200)
			.default("weft@localhost")
			.meta({ label: "Author's e-mail", advanced: true, visibleWhen: isOf("commit") }),
		force: z
			.boolean()
			.default(false)
			.meta({
				label: "Replace the branch there",
				help: "Also when it has other commits, as long as nobody has pushed since this clone last saw it.",
				advanced: true,
				visibleWhen: isOf("push"),
			}),
		title: z
			.string()
			.trim()
			.max(255)
			.optional()
			.meta({ label: "Title", visibleWhen: isOf("pull request"), requiredWhen: isOf("pull request") }),
		body: z
			.string()
			.max(60_000)
			.optional()
			.meta({ label: "Text", help: "Markdown.", widget: "textarea", visibleWhen: isOf("pull request") }),
		draft: z
			.boolean()
			.default(false)
			.meta({ label: "As a draft", advanced: true, visibleWhen: isOf("pull request") }),
		forge: z
			.enum(["auto", "github", "gitlab"])
			.default("auto")
			.meta({
				label: "Kind of server",
				help: "Auto tells it from the address.",
				widget: "select",
				advanced: true,
				visibleWhen: isOf("pull request"),
			}),
		api: apiSchema.optional().meta({
			label: "API",
			help: "Empty: api.github.com, https://…/api/v3 of GitHub Enterprise, or https://…/api/v4 of GitLab.",
			references: "url",
			advanced: true,
			visibleWhen: isOf("pull request"),
		}),
	})
	.superRefine((config, context) => {
		const want = (field: string, isMissing: boolean, message: string) => {
			if (isMissing) context.addIssue({ code: "custom", path: [field], message });
		};
		want("url", asksRemote(config) && !config.url, "Enter the address of the repository");
		want("token", wantsToken(config) && !config.token, "Choose the credential that holds the token");
		want("sshKey", signsInBy("ssh")(config) && !config.sshKey, "Choose the credential that holds the SSH key");
		want("branch", config.action === "ensure branch" && !config.branch, "Enter the name of a branch");
		want("message", config.action === "commit" && !config.message?.trim(), "Enter the message of the commit");
		want("title", config.action === "pull request" && !config.title, "Enter a title");
	});

export type GitConfig = z.infer<typeof gitConfigSchema>;
