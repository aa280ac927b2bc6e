import { FatalError } from "../../errors";

/** Where a repository lies, taken apart. */
export interface RemoteAddress {
	by: "http" | "ssh";
	/** As git is given it. */
	url: string;
	/** In brackets for an IPv6 address. */
	host: string;
	port: number;
	/** `acme/site`: the path as people name it, without `.git`. */
	path: string;
	/** `https://git.example.com`: where its pages are. */
	origin: string;
}

const HOST = "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\]";
const USER = "[A-Za-z0-9_][A-Za-z0-9._-]*";
const SCP_LIKE = new RegExp(`^(${USER})@(${HOST}):(?!/|-)([^\\s\\\\]+)$`);
const SSH = new RegExp(`^ssh://(?:(${USER})@)?(${HOST})(?::(\\d{1,5}))?/([^\\s\\\\]+)$`, "i");

/**
 * Reads an address of the web or of SSH, the only ones that git is given.
 * @throws FatalError for any other, and for one with a password in it, which would stay in the repository's settings
 */
export function parseRemote(address: string): RemoteAddress {
	const [, , host = "", path = ""] = SCP_LIKE.exec(address) ?? [];
	if (host !== "") return sshAddress(address, { host, port: 22, path });
	const ssh = SSH.exec(address);
	if (ssh) return sshAddress(address, { host: ssh[2] ?? "", port: Number(ssh[3] ?? 22), path: ssh[4] ?? "" });
	if (/^https?:\/\//i.test(address) && URL.canParse(address)) return httpAddress(new URL(address));
	throw new FatalError(
		"The address of a repository begins with https://, or is one of SSH such as git@github.com:acme/site.git. Enter it like this.",
	);
}

function sshAddress(url: string, { host, port, path }: { host: string; port: number; path: string }): RemoteAddress {
	return { by: "ssh", url, host, port, path: trimPath(path), origin: `https://${host}` };
}

function httpAddress(url: URL): RemoteAddress {
	if (url.username !== "" || url.password !== "")
		throw new FatalError(
			"The address holds a user name or password. Remove it there, and choose a credential instead.",
		);
	if (url.search !== "" || url.hash !== "")
		throw new FatalError("The address of a repository ends with its name. Remove what follows the ? or #.");
	const port = url.port === "" ? (url.protocol === "http:" ? 80 : 443) : Number(url.port);
	return { by: "http", url: url.href, host: url.hostname, port, path: trimPath(url.pathname), origin: url.origin };
}

function trimPath(path: string): string {
	return path
		.split("/")
		.filter(Boolean)
		.join("/")
		.replace(/\.git$/, "");
}
