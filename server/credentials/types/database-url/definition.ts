import { z } from "zod";
import { atMost, defineCredential } from "../../credential-definition";

/** Of databases that are addressed by a URL, and their ports. */
const PORTS: Readonly<Record<string, string>> = {
	"postgres:": "5432",
	"postgresql:": "5432",
	"mysql:": "3306",
	"mariadb:": "3306",
	"mongodb:": "27017",
	"redis:": "6379",
	"rediss:": "6379",
	"sqlserver:": "1433",
};

export const databaseUrlDefinition = defineCredential({
	type: "database-url",
	title: "Database URL",
	description: "The address of a database, with its user and password.",
	testedBy: "itself",
	values: z.strictObject({
		url: z
			.string("Enter the address of the database.")
			.trim()
			.max(8_000, atMost(8_000))
			.refine(
				(url) => isDatabaseUrl(url),
				"Enter an address such as postgres://user:password@db.example.com:5432/name.",
			)
			.meta({ label: "Address", placeholder: "postgres://user:password@db.example.com:5432/name", secret: true }),
	}),
	parts: ({ url }) => {
		const { protocol, hostname, port, username, password, pathname } = new URL(url);
		return {
			"": url,
			host: hostname,
			port: port || (PORTS[protocol] ?? ""),
			user: decode(username),
			password: decode(password),
			database: decode(pathname.slice(1)),
		};
	},
	publicParts: ["port"],
	hint: ({ url }) => new URL(url).hostname,
});

function isDatabaseUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return Object.hasOwn(PORTS, protocol) && hostname !== "";
}

/** As it is, where it is not escaped well. */
function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
