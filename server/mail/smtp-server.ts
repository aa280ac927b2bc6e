import { FatalError } from "@/server/errors";

/** A mail server as a credential names it. */
export interface SmtpServer {
	host: string;
	port: number;
	security: "starttls" | "tls" | "none";
	user: string;
	password: string;
	from: string;
}

/** Reads what the mail server credential stands for as a whole. Throws `FatalError`, without what it was given. */
export function readSmtpServer(address: string): SmtpServer {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	const from = url?.searchParams.get("from");
	if (url?.protocol !== "smtp:" || url.hostname === "" || !from) {
		throw new FatalError("The mail server is not a credential of the type Mail server. Choose or add one.");
	}
	const security = url.searchParams.get("security");
	return {
		host: url.hostname.replace(/^\[|\]$/g, ""),
		port: Number(url.port || 587),
		security: security === "tls" || security === "none" ? security : "starttls",
		user: decodeURIComponent(url.username),
		password: decodeURIComponent(url.password),
		from,
	};
}
