import type { Env } from "./env";

/** Where the web server is from this machine. */
export function localOrigin({ HOST, PORT }: Pick<Env, "HOST" | "PORT">): string {
	const isAnyAddress = HOST === "0.0.0.0" || HOST === "::";
	const host = isAnyAddress ? "127.0.0.1" : HOST;
	return `http://${host.includes(":") ? `[${host}]` : host}:${PORT}`;
}

/** The address of a page as people reach it: never by what a request says of itself, which its sender chooses. */
export function publicAddress(path: string, env: Pick<Env, "HOST" | "PORT" | "AUTH_URL">): string {
	return new URL(path, env.AUTH_URL ?? localOrigin(env)).href;
}
