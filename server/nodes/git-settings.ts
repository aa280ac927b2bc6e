/** What no repository, and nobody's settings, may decide: programs that git would start, and where it would go. */
const SETTINGS: readonly (readonly [name: string, value: string])[] = [
	["core.hooksPath", "/dev/null"],
	["core.fsmonitor", "false"],
	["core.sshCommand", "ssh"],
	["core.askPass", "false"],
	["core.editor", "false"],
	["core.pager", "cat"],
	["core.quotePath", "false"],
	["core.alternateRefsCommand", "true"],
	["credential.helper", ""],
	["protocol.ext.allow", "never"],
	["protocol.file.allow", "never"],
	["submodule.recurse", "false"],
	["fetch.recurseSubmodules", "false"],
	["push.recurseSubmodules", "no"],
	["commit.gpgSign", "false"],
	["push.gpgSign", "false"],
	["log.showSignature", "false"],
	["gpg.program", "false"],
	["gpg.openpgp.program", "false"],
	["gpg.x509.program", "false"],
	["gpg.ssh.program", "false"],
	["filter.lfs.process", ""],
	["filter.lfs.smudge", ""],
	["filter.lfs.clean", ""],
	["filter.lfs.required", "false"],
	["gc.auto", "0"],
	["maintenance.auto", "false"],
	["advice.detachedHead", "false"],
	["safe.directory", "*"],
	// Files that look like a repository, among those of another one, are none.
	["safe.bareRepository", "explicit"],
	["http.proxy", ""],
	["http.followRedirects", "false"],
	["http.lowSpeedLimit", "1"],
	["http.lowSpeedTime", "120"],
];

interface GitReach {
	/** Settings of git beside those that all have. */
	settings?: readonly (readonly [name: string, value: string])[] | undefined;
	/** What git may reach others by; nothing unless it is said. */
	protocols?: string | undefined;
}

/** The environment in which git obeys neither its host's settings nor those of a repository that would start programs. */
export function gitEnvironment(
	workspace: string,
	{ settings = [], protocols = "none" }: GitReach = {},
): Record<string, string> {
	const all = [...SETTINGS, ...settings];
	return {
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_CONFIG_GLOBAL: "/dev/null",
		GIT_ATTR_NOSYSTEM: "1",
		GIT_TERMINAL_PROMPT: "0",
		GIT_ALLOW_PROTOCOL: protocols,
		// No repository around the workspace is taken for one inside it.
		GIT_CEILING_DIRECTORIES: workspace.slice(0, workspace.lastIndexOf("/")),
		GIT_CONFIG_COUNT: String(all.length),
		...Object.fromEntries(
			all.flatMap(([name, value], index) => [
				[`GIT_CONFIG_KEY_${index}`, name],
				[`GIT_CONFIG_VALUE_${index}`, value],
			]),
		),
	};
}

/**
 * The part of a script, in a folder of a repository in the workspace, after which its files are those beside its `.git`,
 * whatever `core.worktree` says.
 */
export const OWN_FILES = `
top=$PWD
while [ ! -e "$top/.git" ] && [ "$top" != "$GIT_CEILING_DIRECTORIES" ] && [ "$top" != / ]; do top=$(dirname -- "$top"); done
[ ! -e "$top/.git" ] || export GIT_WORK_TREE="$top"
`;

/**
 * The part of a script, in the folder of a repository, after which its filters of any name do nothing, nor those of
 * repositories in it, which git looks into by itself. Attributes alone choose among them, and cannot be turned off.
 */
export const NO_FILTERS = `
names=$(
	exec 2>/dev/null
	git config --name-only --get-regexp '^filter[.]'
	find . -name .git -prune -exec sh -c 'for one; do git -C "\${one%.git}" config --name-only --get-regexp "^filter[.]"; done' sh {} +
)
while IFS= read -r name; do
	[ -n "$name" ] || continue
	export "GIT_CONFIG_KEY_$GIT_CONFIG_COUNT=$name" "GIT_CONFIG_VALUE_$GIT_CONFIG_COUNT="
	GIT_CONFIG_COUNT=$((GIT_CONFIG_COUNT + 1))
done <<NAMES
$names
NAMES
`;
