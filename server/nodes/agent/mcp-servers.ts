import { z } from "zod";

const text = z.string().max(4_000);
const names = z.array(z.string().min(1).max(200)).max(200);

const serverSchema = z
	.strictObject({
		/** Of one that is reached by HTTP. */
		url: text.optional(),
		headers: z.record(z.string().max(200), z.string().max(8_192)).default({}),
		/** Of one that is a program in the sandbox. */
		command: text.optional(),
		args: z.array(text).max(100).default([]),
		env: z.record(z.string().max(200), z.string().max(32_768)).default({}),
		/** Its tools that may be used; all when it is left out. */
		include: names.optional(),
		exclude: names.default([]),
		/** Whether tools that call themselves reading are believed, and make their calls without leave. */
		trustsReadOnly: z.boolean().default(false),
	})
	.refine(({ url, command }) => (url === undefined) !== (command === undefined), {
		error: "Give it either the “url” of a server or the “command” of a program",
	});
export type McpServer = z.infer<typeof serverSchema>;

const MAX_SERVERS = 10;

/** Servers that speak the Model Context Protocol, by the name that stands in those of their tools. */
export const mcpServersSchema = z
	.record(
		z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, "A name has lower-case letters, digits and -, and at most 20 of them"),
		serverSchema,
	)
	.refine((servers) => Object.keys(servers).length <= MAX_SERVERS, `At most ${MAX_SERVERS} servers`);
