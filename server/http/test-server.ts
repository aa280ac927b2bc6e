import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface TestServer {
	port: number;
	/** `http://127.0.0.1:<port>` */
	origin: string;
	requests: { method: string; path: string; headers: IncomingMessage["headers"]; body: string }[];
	connections: () => number;
	close(): Promise<void>;
}

/** A real HTTP server on the loopback that keeps what it was asked. */
export async function startTestServer(
	handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestServer> {
	const requests: TestServer["requests"] = [];
	let connections = 0;
	const server = createServer(async (request, response) => {
		let body = "";
		for await (const chunk of request) body += chunk;
		requests.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
		handle(request, response);
	});
	server.on("connection", () => {
		connections += 1;
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
	return {
		port: address.port,
		origin: `http://127.0.0.1:${address.port}`,
		requests,
		connections: () => connections,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}
