/**
 * The host of an address when it is plainly private: a name or a number of this machine or of a network of one's own.
 * Undefined for any other, and for one that only a run knows. What a name resolves to is looked at when it is called.
 */
export function privateHost(url: string): string | undefined {
	const [, host = ""] = /^\s*https?:\/\/(?:[^/?#@{}]*@)?(\[[^\]{}]*\]|[^/?#:{}\s]*)(?=[/?#:\s]|$)/i.exec(url) ?? [];
	const name = normalize(host);
	return name !== undefined && PRIVATE.some((pattern) => pattern.test(name)) ? name : undefined;
}

/** The setting that allows it, as an administrator writes it; a name is allowed by its address. */
export function allowExample(host: string): string {
	if (/^\d/.test(host)) return `${host}/32`;
	return host.startsWith("[") ? `${host.slice(1, -1)}/128` : "127.0.0.1/32";
}

/** `127.1` and `0x7f000001` are addresses too. */
function normalize(host: string): string | undefined {
	return host !== "" && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}

const PRIVATE = [
	/^(?:.+\.)?localhost$/,
	/\.(?:local|internal|lan)$/,
	/^(?:0|10|127)\./,
	/^169\.254\./,
	/^172\.(?:1[6-9]|2\d|3[01])\./,
	/^192\.168\./,
	/^\[(?:::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/,
];
