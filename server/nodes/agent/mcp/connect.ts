import { Client, StreamableHTTPClientTransport, type Tool } from "@modelcontextprotocol/client";
import type { McpServer } from "../mcp-servers";
import type { ToolContext } from "../tool";
import { createProgramTransport } from "./program-transport";

const CONNECT_MS = 30_000;

/** A server that was reached, and those of its tools that may be used. */
export interface McpConnection {
	name: string;
	server: McpServer;
	client: Client;
	tools: Tool[];
}

/** Reaches a server and reads its tools; why that cannot be, with the next step, if so. */
export async function connectServer(
	tool: ToolContext,
	name: string,
	server: McpServer,
): Promise<McpConnection | { problem: string }> {
	if (server.url !== undefined && !isAddress(server.url))
		return { problem: `The MCP server ${name} has no address. Begin its “url” with https:// or http://.` };
	const { transport, problem } = transportOf(tool, server);
	// Servers of the revision of 2025 are spoken to as those.
	const client = new Client({ name: "weft", version: "1" }, { versionNegotiation: { mode: "auto" } });
	const options = { timeout: CONNECT_MS, signal: tool.context.signal };
	try {
		await client.connect(transport, options);
		const { tools } = await client.listTools({}, options);
		const missing = server.include?.filter((included) => !tools.some((one) => one.name === included)) ?? [];
		if (missing.length === 0) return { name, server, client, tools: tools.filter((one) => isWanted(one, server)) };
		await client.close();
		return { problem: `The MCP server ${name} has no tool ${missing.join(", ")}. Correct its “include”.` };
	} catch (error) {
		tool.context.signal.throwIfAborted();
		await client.close().catch(() => {});
		const why = problem() ?? (error instanceof Error ? error.message : String(error));
		return {
			problem: `The MCP server ${name} could not be reached: ${why} Check its ${server.url ? "address" : "command"}.`,
		};
	}
}

function isAddress(url: string): boolean {
	return /^https?:\/\/[^/\s]/i.test(url) && URL.canParse(url);
}

function isWanted({ name }: Tool, { include, exclude }: McpServer): boolean {
	return (include?.includes(name) ?? true) && !exclude.includes(name);
}

function transportOf(tool: ToolContext, server: McpServer) {
	if (server.url === undefined) {
		const transport = createProgramTransport(tool, server);
		return { transport, problem: transport.problem };
	}
	const transport = new StreamableHTTPClientTransport(new URL(server.url), {
		requestInit: { headers: server.headers },
		fetch: (url, init) => tool.context.fetch(String(url), { ...init, body: init?.body ?? null }),
	});
	return { transport, problem: () => undefined };
}
