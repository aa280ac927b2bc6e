import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { guardRequests, MAX_WAITING } from "./guard-requests";

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

describe("requests of one connection", () => {
	test("are handled one after the other, in their order, while another connection is served", async () => {
		const { port, arrivals, nextArrival } = await serve();
		const socket = send(port, ["/1", "/2", "/3"]);
		const first = await nextArrival();
		const other = fetch(`http://127.0.0.1:${port}/other`);
		const second = await nextArrival();
		expect(arrivals).toEqual(["/1", "/other"]);
		second.response.end("other");
		expect(await (await other).text()).toBe("other");

		first.response.end("one");
		(await nextArrival()).response.end("two");
		(await nextArrival()).response.end("three");
		expect(await readUntil(socket, "three")).toMatch(/one.*two.*three/s);
		expect(arrivals).toEqual(["/1", "/other", "/2", "/3"]);
	});

	test("are handled no longer once it is closed", async () => {
		const { port, arrivals, nextArrival } = await serve();
		const socket = send(port, ["/1", "/2"]);
		const { response } = await nextArrival();
		socket.destroy();
		await once(response, "close");
		const later = fetch(`http://127.0.0.1:${port}/later`);
		(await nextArrival()).response.end();
		await later;
		expect(arrivals).toEqual(["/1", "/later"]);
	});

	test("are as many as a server can remember: whoever sends more is let go", async () => {
		const { port, arrivals } = await serve();
		const most = Array.from({ length: MAX_WAITING + 2 }, (_, index) => `/${index}`);
		const socket = send(port, most);
		// A connection that is cut may end with an error, too.
		socket.on("error", () => {});
		await new Promise((resolve) => socket.once("close", resolve));
		expect(arrivals).toEqual(["/0"]);
	});

	test("may be as many as that", async () => {
		const { port, nextArrival } = await serve();
		const most = Array.from({ length: MAX_WAITING + 1 }, (_, index) => `/${index}`);
		const socket = send(port, most);
		for (const path of most) {
			const { request, response } = await nextArrival();
			expect(request.url).toBe(path);
			response.end(path === most.at(-1) ? "the last" : "");
		}
		await readUntil(socket, "the last");
	});
});

test.each([
	["/%ff", "/_not-found"],
	["/acme/workflows/%", "/_not-found"],
	["/api/trpc/%c3%28?batch=1", "/_not-found"],
	["/acme/%C3%A4?q=%ff", "/acme/%C3%A4?q=%ff"],
	["/plain", "/plain"],
])("%s is handled as %s", async (sent, handled) => {
	const { port, nextArrival } = await serve();
	send(port, [sent]);
	expect((await nextArrival()).request.url).toBe(handled);
});

interface Arrival {
	request: IncomingMessage;
	response: ServerResponse;
}

/** A guarded server whose answers the test gives. */
async function serve() {
	const arrivals: (string | undefined)[] = [];
	const waiting: Arrival[] = [];
	let wake = () => {};
	const server = createServer((request, response) => {
		arrivals.push(request.url);
		waiting.push({ request, response });
		wake();
	});
	guardRequests(server);
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	closing.push(() => {
		server.close();
		server.closeAllConnections();
	});
	const address = server.address();
	if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
	async function nextArrival(): Promise<Arrival> {
		for (;;) {
			const arrival = waiting.shift();
			if (arrival) return arrival;
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
	}
	return { port: address.port, arrivals, nextArrival };
}

/** Sends requests ahead of their answers. */
function send(port: number, paths: readonly string[]): Socket {
	const socket = connect(port, "127.0.0.1");
	socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`).join(""));
	closing.push(() => socket.destroy());
	return socket;
}

async function readUntil(socket: Socket, text: string): Promise<string> {
	let read = "";
	for await (const chunk of socket) {
		read += String(chunk);
		if (read.includes(text)) return read;
	}
	throw new Error(`The connection ended after ${read}`);
}
