import { createServer, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { checkDatabaseUrl } from "./check";

const open: { close(): void }[] = [];
afterEach(() => {
	for (const one of open.splice(0)) one.close();
});

/** A server that says these things, one after each thing that it is told. */
async function serverThatSays(...answers: readonly (Buffer | string)[]): Promise<{ port: number; heard: Buffer[] }> {
	const heard: Buffer[] = [];
	const sockets: Socket[] = [];
	const server = createServer((socket) => {
		sockets.push(socket);
		let at = 0;
		socket.on("data", (data) => {
			heard.push(data);
			const answer = answers[at++];
			if (answer !== undefined) socket.write(answer);
		});
		socket.on("error", () => {});
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	open.push({
		close: () => {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	});
	const address = server.address();
	return { port: typeof address === "object" && address ? address.port : 0, heard };
}

function message(type: string, body: Buffer | string): Buffer {
	const head = Buffer.alloc(5);
	head.write(type);
	head.writeInt32BE(Buffer.byteLength(body) + 4, 1);
	return Buffer.concat([head, Buffer.from(body)]);
}

const authentication = (kind: number, rest = "") => {
	const code = Buffer.alloc(4);
	code.writeInt32BE(kind);
	return message("R", Buffer.concat([code, Buffer.from(rest)]));
};

async function check(port: number, { user = "ada", password = "a long password" } = {}) {
	const url = `postgres://${user}:${password}@db.example:${port}/x`;
	return await checkDatabaseUrl({ "": url, host: "db.example", port: String(port), user, password, database: "x" }, {
		url: undefined,
		fetch,
		resolve: async () => "127.0.0.1",
		signal: AbortSignal.timeout(5_000),
	} as never);
}

const SASL = authentication(10, "SCRAM-SHA-256\0\0");

test("a server that asks for years of work is given none", async () => {
	for (const iterations of ["2147483647", "0", "1e9", "x"]) {
		const { port } = await serverThatSays("N", SASL, authentication(11, `r=abc,s=c2FsdA==,i=${iterations}`));
		expect(await check(port)).toEqual({
			verdict: "refused",
			message: "db.example: It asks for more work than a sign-in needs.",
		});
	}
});

test("a server that asks for the work twice is given it once", async () => {
	const challenge = authentication(11, "r=abc,s=c2FsdA==,i=4096");
	const { port } = await serverThatSays("N", SASL, Buffer.concat([challenge, challenge]));
	expect(await check(port)).toMatchObject({ verdict: "refused" });
});

test("a server that announces or sends too much is not listened to", async () => {
	const endless = Buffer.alloc(5);
	endless.write("S");
	endless.writeUInt32BE(0x7f_ff_ff_ff, 1);
	const chatty = Buffer.concat(Array.from({ length: 40 }, () => message("N", "x".repeat(8_000))));
	for (const answer of [endless, chatty]) {
		const { port } = await serverThatSays("N", answer);
		expect(await check(port)).toMatchObject({ verdict: "refused" });
	}
});

test("a server that mixes the open and the encrypted wire is refused", async () => {
	const { port } = await serverThatSays(Buffer.from("S and more"));
	expect(await check(port)).toMatchObject({ verdict: "refused" });
});

test("nothing of this server's own environment is sent in the place of what is empty", async () => {
	vi.stubEnv("PGPASSWORD", "of-this-server");
	try {
		const { port, heard } = await serverThatSays("N", authentication(3), message("E", "SFATAL\0C28P01\0Mno\0\0"));
		expect(await check(port, { password: "" })).toMatchObject({ verdict: "refused" });
		expect(Buffer.concat(heard).toString()).not.toContain("of-this-server");
		expect(await check(port, { user: "" })).toMatchObject({ verdict: "unknown" });
	} finally {
		vi.unstubAllEnvs();
	}
});
