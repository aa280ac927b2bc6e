import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import type { GitConfig } from "./config";
import { KNOWN_HOSTS } from "./known-hosts";
import { parseRemote, type RemoteAddress } from "./remote-address";
import { type GitCommand, NEEDS_CLONE, runGit } from "./run-git";

export interface Remote extends RemoteAddress {
	context: ExecuteContext;
	/** What a command that asks it takes: the way to sign in, in its environment and its private files alone. */
	access: Pick<GitCommand, "env" | "files" | "settings" | "protocols">;
}

type Located = RemoteAddress & Pick<Remote, "context">;

/**
 * The repository that a step names, at an address that was checked and is the only one that git connects to.
 * @throws FatalError for an address that steps may not reach, and for a way to sign in that does not fit it.
 */
export async function openRemote(context: ExecuteContext, config: GitConfig): Promise<Remote> {
	const address = parseRemote(config.url ?? "");
	const wanted = address.by === "http" ? "ssh" : "token";
	if (config.auth === wanted)
		throw new FatalError(
			address.by === "http"
				? "An https:// address takes a token, not an SSH key. Choose one, or enter the address of SSH."
				: "An SSH address takes an SSH key, not a token. Choose one, or enter the https:// address.",
		);
	const ip = await context.resolve(address.host);
	return {
		...address,
		context,
		access: address.by === "http" ? byHttp({ ...address, context }, ip, config) : bySsh(address, ip, config),
	};
}

function byHttp({ url, host, port, context }: Located, ip: string, config: GitConfig): Remote["access"] {
	const { origin } = new URL(url);
	const name = host.replace(/^\[|\]$/g, "");
	const pinned = name === ip ? [] : [["http.curloptResolve", `${name}:${port}:${ip}`] as const];
	const { authorities } = context;
	const trusted = authorities === undefined ? {} : { files: { authorities } };
	if (config.auth !== "token") return { protocols: "http:https", settings: pinned, ...trusted };
	const encoded = Buffer.from(`${config.user}:${(config.token ?? "").trim()}`).toString("base64");
	const header = [`http.${origin}/.extraHeader`, `Authorization: Basic ${encoded}`] as const;
	return { protocols: "http:https", settings: [...pinned, header], ...trusted };
}

function bySsh({ host, port }: RemoteAddress, ip: string, config: GitConfig): Remote["access"] {
	const alias = port === 22 ? host : `[${host.replace(/^\[|\]$/g, "")}]:${port}`;
	const hasPassphrase = config.passphrase !== undefined && config.passphrase !== "";
	const options = [
		...["IdentitiesOnly=yes", "StrictHostKeyChecking=yes", "GlobalKnownHostsFile=/dev/null", "ForwardAgent=no"],
		...["PasswordAuthentication=no", "KbdInteractiveAuthentication=no", "ConnectTimeout=30", "ServerAliveInterval=30"],
		...[
			"ServerAliveCountMax=4",
			`HostName=${ip}`,
			`HostKeyAlias=${alias}`,
			`BatchMode=${hasPassphrase ? "no" : "yes"}`,
		],
	];
	const ssh = ["ssh", "-F", "/dev/null", ...options.flatMap((option) => ["-o", `'${option}'`])].join(" ");
	return {
		protocols: "ssh",
		settings: [["core.sshCommand", `${ssh} -o UserKnownHostsFile="$TMPDIR/known_hosts" -i "$TMPDIR/key"`]],
		files: {
			known_hosts: `${KNOWN_HOSTS}${(config.knownHosts ?? "").replaceAll("\r", "")}\n`,
			key: `${(config.sshKey ?? "").trim().replaceAll("\r", "")}\n`,
		},
		env: {
			GIT_SSH_VARIANT: "ssh",
			...(hasPassphrase && {
				WEFT_PASSPHRASE: config.passphrase ?? "",
				SSH_ASKPASS_REQUIRE: "force",
			}),
		},
	};
}

/**
 * The authorities of the administrator count beside those of the machine, whose list git would use in their place.
 * Git itself hands neither key nor passphrase on: ssh wants a file that nobody else may read, and a program that says it.
 */
const PREPARE = `
(umask 077
for name in key known_hosts; do
	[ ! -f "$WEFT_COMMAND_FILES/$name" ] || cp -- "$WEFT_COMMAND_FILES/$name" "$TMPDIR/$name" || exit
done
[ -z "\${WEFT_PASSPHRASE:-}" ] || printf '%s\\n' '#!/bin/sh' 'printf "%s\\n" "$WEFT_PASSPHRASE"' >"$TMPDIR/askpass") || exit
[ -z "\${WEFT_PASSPHRASE:-}" ] || { chmod 700 "$TMPDIR/askpass" && export SSH_ASKPASS="$TMPDIR/askpass"; } || exit
git init --quiet --bare --template= "$TMPDIR/git" || exit
if [ -f "$WEFT_COMMAND_FILES/authorities" ]; then
	for public in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem; do
		[ ! -r "$public" ] || { cat -- "$public" >"$TMPDIR/authorities" || exit; break; }
	done
	cat -- "$WEFT_COMMAND_FILES/authorities" >>"$TMPDIR/authorities" || exit
	export GIT_SSL_CAINFO="$TMPDIR/authorities"
fi
`;

/**
 * Works with the objects of the clone, and with no setting of it: whatever a step wrote into .git/config could send the
 * credential elsewhere, or start a program beside it.
 */
const APART = `${NEEDS_CLONE}${PREPARE}
store=$(pwd -P)/.git
[ ! -f "$store/shallow" ] || cp -- "$store/shallow" "$TMPDIR/git/shallow" || exit
export GIT_DIR="$TMPDIR/git" GIT_OBJECT_DIRECTORY="$store/objects"
`;

const LIST = `${PREPARE}GIT_DIR="$TMPDIR/git" exec git ls-remote --symref -- "$@"`;

const FETCH = `${APART}
have=$1 depth=$2 url=$3 from=$4
[ -z "$have" ] || git update-ref refs/weft/have "$have" || exit
git fetch --quiet --no-tags --no-recurse-submodules --no-write-fetch-head \${depth:+"--depth=$depth"} -- "$url" "+$from:refs/weft/got" || exit
if [ -f "$TMPDIR/git/shallow" ]; then
	cp -- "$TMPDIR/git/shallow" "$store/shallow.weft" && mv -f -- "$store/shallow.weft" "$store/shallow" || exit
else
	rm -f -- "$store/shallow"
fi
exec git rev-parse --verify "refs/weft/got^{commit}"
`;

const PUSH = `${APART}
lease=$1 url=$2 what=$3
exec git push --porcelain --no-verify --no-recurse-submodules \${lease:+"--force-with-lease=$lease"} -- "$url" "$what"
`;

/** What a repository has, of the names asked for: its commit by full name, and where its HEAD leads. */
export interface RemoteRefs {
	/** `refs/heads/main`; undefined for an empty repository, or one at a commit of no branch. */
	head: string | undefined;
	commits: ReadonlyMap<string, string>;
}

export async function listRefs(remote: Remote, names: readonly string[]): Promise<RemoteRefs> {
	const { stdout } = await runGit(remote.context, {
		...{ folder: ".", script: LIST, args: [remote.url, "HEAD", ...names] },
		...remote.access,
	});
	const lines = stdout.split("\n").map((line) => line.split("\t"));
	const head = lines.find(([what, name]) => name === "HEAD" && what?.startsWith("ref: "))?.[0]?.slice(5);
	const commits = lines.flatMap(([commit = "", name]) =>
		name !== undefined && /^[0-9a-f]{40,64}$/.test(commit) ? [[name, commit] as const] : [],
	);
	return { head, commits: new Map(commits) };
}

export interface Fetch {
	folder: string;
	/** A full name, or a whole commit. */
	from: string;
	/** A commit that the clone has already. */
	have?: string | undefined;
	/** 0 is all. */
	depth: number;
	fileBytes?: number;
}

/** Brings commits into the clone and returns the newest, which no name there leads to yet. */
export async function fetchInto(remote: Remote, { folder, from, have = "", depth, fileBytes }: Fetch): Promise<string> {
	const { stdout } = await runGit(remote.context, {
		...{ folder, script: FETCH, args: [have, depth === 0 ? "" : String(depth), remote.url, from] },
		...remote.access,
		...(fileBytes !== undefined && { fileBytes }),
	});
	return stdout.trim();
}

export interface Push {
	folder: string;
	commit: string;
	branch: string;
	/** Replaces the branch if it is still at this commit there; `""` if there is none. */
	replaces?: string | undefined;
}

/** @returns `=` when the branch was there already, `*` when it is new, ` ` or `+` when it has moved */
export async function pushTo(remote: Remote, { folder, commit, branch, replaces }: Push): Promise<string> {
	const name = `refs/heads/${branch}`;
	const lease = replaces === undefined ? "" : `${name}:${replaces}`;
	const { stdout } = await runGit(remote.context, {
		...{ folder, script: PUSH, args: [lease, remote.url, `${commit}:${name}`] },
		...remote.access,
	});
	return stdout.split("\n").find((line) => line.includes(`:${name}\t`))?.[0] ?? " ";
}
