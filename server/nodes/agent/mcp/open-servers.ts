import type { CallToolResult } from "@modelcontextprotocol/client";
import { FatalError } from "@/server/errors";
import { asJson, jsonObjectSchema } from "@/server/plan/values/json";
import type { AgentTool, ToolContext } from "../tool";
import { connectServer, type McpConnection } from "./connect";

const MAX_DESCRIPTION = 2_000;
/** Tools of one server; a model does not choose well among more. */
const MAX_TOOLS = 100;
/** Providers take no longer names. */
const MAX_NAME = 64;
const CALL_MS = 600_000;

export interface OpenServers {
	/** By the name by which the model calls each. */
	tools: Map<string, AgentTool>;
	/** What is missing, with the next step. */
	problems: string[];
	close(): Promise<void>;
}

/** Reaches the servers of a step, and makes tools of theirs. Close them once the attempt has ended. */
export async function openServers(tool: ToolContext): Promise<OpenServers> {
	const servers = Object.entries(tool.config.mcpServers);
	const reached = await Promise.all(servers.map(([name, server]) => connectServer(tool, name, server)));
	const connections = reached.flatMap((one) => ("problem" in one ? [] : [one]));
	const named = connections.flatMap((connection) =>
		connection.tools.map((one) => [nameOf(connection.name, one.name), toolOf(connection, one)] as const),
	);
	return {
		tools: new Map(named),
		problems: reached.flatMap((one) => ("problem" in one ? [one.problem] : problemsOf(one))),
		async close() {
			await Promise.allSettled(connections.map(({ client }) => client.close()));
		},
	};
}

/** Why its tools cannot be offered as they are, with the next step. */
function problemsOf({ name: server, tools }: McpConnection): string[] {
	if (tools.length > MAX_TOOLS)
		return [
			`The MCP server ${server} has ${tools.length} tools, and an agent takes at most ${MAX_TOOLS} of one server. Name those that it needs in “include”.`,
		];
	const taken = new Map<string, string>();
	return tools.flatMap(({ name }) => {
		const known = taken.get(nameOf(server, name)) ?? name;
		taken.set(nameOf(server, name), known);
		return known === name
			? []
			: [
					`The tools ${known} and ${name} of the MCP server ${server} look alike to a model. Leave one out with “exclude”.`,
				];
	});
}

function nameOf(server: string, tool: string): string {
	return `mcp_${server}_${tool}`.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, MAX_NAME);
}

/** All that it says of itself was written by strangers: it counts as reading only where the step trusts it. */
function toolOf(
	connection: McpConnection,
	{ name, description = "", inputSchema, annotations }: McpConnection["tools"][number],
): AgentTool {
	const { server, name: serverName } = connection;
	const isReading = server.trustsReadOnly && annotations?.readOnlyHint === true;
	return {
		description: () => description.slice(0, MAX_DESCRIPTION),
		inputSchema: jsonObjectSchema.parse(asJson(inputSchema)),
		origin: () => "outside",
		lacks: async () => undefined,
		bind: (input, tool) => ({
			input: asJson(input),
			isRepeatable: isReading,
			isDangerous: !isReading,
			asksAlways: undefined,
			leave: `calls of ${name} on ${serverName}`,
			async run() {
				const options = { timeout: CALL_MS, signal: tool.context.signal };
				return textOf(await connection.client.callTool({ name, arguments: input }, options));
			},
		}),
	};
}

function textOf({ content, structuredContent, isError }: CallToolResult): string {
	const texts = content.map((part) => {
		if (part.type === "text") return part.text;
		if (part.type === "resource" && "text" in part.resource) return part.resource.text;
		return part.type === "resource_link" ? part.uri : `(${part.type}, which is not shown)`;
	});
	const text = texts.join("\n") || (structuredContent ? JSON.stringify(structuredContent) : "It returned nothing.");
	if (isError) throw new FatalError(text);
	return text;
}
