import { z } from "zod";
import { atMost, defineCredential } from "../../credential-definition";

export const smtpDefinition = defineCredential({
	type: "smtp",
	title: "Mail server",
	description: "A server that sends mail (SMTP), with its account and what mails come from.",
	testedBy: "itself",
	values: z.strictObject({
		host: z
			.string("Enter the name of the mail server.")
			.trim()
			.max(255, atMost(255))
			.regex(/^[A-Za-z0-9.:_-]+$/, "Enter the name of a host, such as smtp.example.com.")
			.meta({ label: "Host", placeholder: "smtp.example.com" }),
		port: z
			.string()
			.trim()
			.regex(/^\d{1,5}$/, "Enter a number, such as 587.")
			.optional()
			.meta({ label: "Port", help: "Empty: 587, or 465 with TLS.", placeholder: "587" }),
		security: z.enum(["starttls", "tls", "none"], "Choose STARTTLS, TLS or none.").optional().meta({
			label: "Security",
			help: "STARTTLS (when not set), TLS from the first byte, or none, which sends the password in the clear.",
		}),
		user: z.string().max(1_000, atMost(1_000)).optional().meta({ label: "User name" }),
		password: z.string().max(10_000, atMost(10_000)).optional().meta({ label: "Password", secret: true }),
		from: z
			.email("Enter an e-mail address, such as weft@example.com.")
			.max(320, atMost(320))
			.meta({ label: "Mails come from", placeholder: "weft@example.com" }),
	}),
	parts: ({ host, user = "", password = "", from, ...rest }) => {
		const security = rest.security ?? (rest.port === "465" ? "tls" : "starttls");
		const port = rest.port ?? (security === "tls" ? "465" : "587");
		const account = user === "" ? "" : `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
		const name = host.includes(":") ? `[${host}]` : host;
		const url = `smtp://${account}${name}:${port}?${new URLSearchParams({ security, from })}`;
		return { "": url, host, port, security, user, password, from };
	},
	publicParts: ["host", "port", "security", "user", "from"],
	hint: ({ host, user }) => (user === undefined ? host : `${user} at ${host}`),
});
