import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { errorCode, WeftError } from "../errors";

/** Throws a `WeftError` unless the address can be listened on. `timeoutMs`: how long to wait for its last user to release it. */
export async function checkPort(host: string, port: number, timeoutMs: number): Promise<void> {
	const end = Date.now() + timeoutMs;
	for (;;) {
		const problem = await tryListen(host, port);
		if (problem === undefined) return;
		if (problem !== "EADDRINUSE" || Date.now() >= end) throw new WeftError("conflict", explain(problem, host, port));
		await wait(100);
	}
}

async function tryListen(host: string, port: number): Promise<string | undefined> {
	const server = createServer().listen(port, host);
	try {
		await once(server, "listening");
	} catch (error) {
		return errorCode(error) ?? String(error);
	}
	server.close();
	await once(server, "close");
	return undefined;
}

function explain(problem: string, host: string, port: number): string {
	switch (problem) {
		case "EADDRINUSE":
			return `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`;
		case "EACCES":
			return `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`;
		case "EADDRNOTAVAIL":
		case "ENOTFOUND":
		case "EAI_AGAIN":
			return `HOST ${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all its addresses.`;
		default:
			return `Cannot listen on ${host}:${port} (${problem}).`;
	}
}
