export const AGENT_NAMES = ["demo", "claude-code", "codex", "gemini", "grok", "acp"] as const;
/** Agents that are programs of their own. */
export type ProgramName = "claude-code" | "codex" | "gemini" | "grok";

interface AgentProgram {
	title: string;
	program: string;
	/** Installs it where commands run. */
	install: string;
	/** Variables that sign it in: any of them. */
	keys: readonly string[];
	/** The file that signing in leaves in the home directory. */
	signedIn: string;
	/** Where it keeps its sessions, in the home directory. */
	sessions: string;
	/** What it obeys in its directory, whoever put it there, and has no switch for. */
	obeyed: readonly string[];
	model: string;
}

export const AGENT_PROGRAMS = {
	"claude-code": {
		title: "Claude Code",
		program: "claude",
		install: "npm install -g @anthropic-ai/claude-code",
		keys: [
			"ANTHROPIC_API_KEY",
			"CLAUDE_CODE_OAUTH_TOKEN",
			"ANTHROPIC_AUTH_TOKEN",
			"CLAUDE_CODE_USE_BEDROCK",
			"CLAUDE_CODE_USE_VERTEX",
			"CLAUDE_CODE_USE_FOUNDRY",
		],
		signedIn: ".claude/.credentials.json",
		sessions: ".claude/projects",
		obeyed: [],
		model: "sonnet",
	},
	codex: {
		title: "Codex",
		program: "codex",
		install: "npm install -g @openai/codex",
		keys: ["CODEX_API_KEY", "OPENAI_API_KEY", "CODEX_ACCESS_TOKEN"],
		signedIn: ".codex/auth.json",
		sessions: ".codex/sessions",
		// It trusts no folder unless its settings in the home directory say so.
		obeyed: [],
		model: "gpt-5",
	},
	gemini: {
		title: "Gemini CLI",
		program: "gemini",
		install: "npm install -g @google/gemini-cli",
		keys: ["GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS"],
		signedIn: ".gemini/oauth_creds.json",
		sessions: ".gemini/tmp",
		obeyed: [
			...[".env", ".gemini/.env", ".gemini/settings.json", ".gemini/policies", ".gemini/extensions"],
			...[".gemini/agents", ".gemini/hooks"],
		],
		model: "gemini-2.5-pro",
	},
	grok: {
		title: "Grok",
		program: "grok",
		install: "curl -fsSL https://x.ai/cli/install.sh | bash",
		keys: ["XAI_API_KEY", "GROK_API_KEY"],
		signedIn: ".grok/auth.json",
		sessions: ".grok/sessions",
		obeyed: [".grok/config.toml", ".grok/plugins", ".claude/settings.json", ".claude/settings.local.json"],
		model: "grok-code-fast-1",
	},
} as const satisfies Record<ProgramName, AgentProgram>;

export function isProgram(agent: unknown): agent is ProgramName {
	return typeof agent === "string" && Object.hasOwn(AGENT_PROGRAMS, agent);
}

const ALL_KEYS: readonly string[] = Object.values(AGENT_PROGRAMS).flatMap(({ keys }) => keys);

/**
 * The variables of a step without those that pay for or sign in its agent: for commands that run what the agent has
 * written. Of any agent that speaks ACP it is not known which they are, so that whatever is called a key of an API is left out.
 */
export function withoutKeys(agent: string, env: Readonly<Record<string, string>>): Record<string, string> {
	const isCloud = !!env.CLAUDE_CODE_USE_BEDROCK;
	const isKey = (name: string) =>
		ALL_KEYS.includes(name) ||
		(agent === "acp" && name.endsWith("_API_KEY")) ||
		(isCloud && name.startsWith("AWS_") && name !== "AWS_REGION");
	return Object.fromEntries(Object.entries(env).filter(([name]) => !isKey(name)));
}

/** An agent as people call it. */
export function titleOf(agent: string): string {
	if (agent === "demo") return "The demo agent";
	return isProgram(agent) ? AGENT_PROGRAMS[agent].title : "The agent";
}
