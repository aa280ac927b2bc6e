import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createLocalRunner } from "../runners/local-runner";
import { probeSandbox } from "../runners/sandbox";
import { pythonDefinition } from "./python/definition";
import { executePython } from "./python/execute";
import { shellDefinition } from "./shell/definition";
import { executeShell } from "./shell/execute";
import { createTestContext } from "./test-context";

const { state } = await probeSandbox([]);
let root: string;
let server: Server;
let port: number;
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "weft-network-"));
	server = createServer((socket) => socket.end("reached")).listen(0, "127.0.0.1");
	await once(server, "listening");
	port = z.object({ port: z.number() }).parse(server.address()).port;
});
afterAll(async () => {
	server.close();
	await rm(root, { recursive: true, force: true });
});

async function contextIn(sandbox: "auto" | "off") {
	return createTestContext({
		workspace: await createLocalRunner({ directory: root, workerId: "test", sandbox }).acquire("run-1"),
	});
}

const knock = async (network: "on" | "off", sandbox: "auto" | "off" = "auto") => {
	const command = `cat < /dev/tcp/127.0.0.1/${port}`;
	return executeShell(z.parse(shellDefinition.config, { command, network }), await contextIn(sandbox));
};

describe.skipIf(state !== "on")(
	`the network of a step${state === "on" ? "" : `: NOT TESTED HERE, bubblewrap is ${state}`}`,
	() => {
		it("is the machine's when it is on", async () => {
			expect((await knock("on")).output.stdout).toBe("reached");
		});

		it("is nothing when it is off, for a shell step and for a Python step", async () => {
			await expect(knock("off")).rejects.toThrow("Connection refused");
			const code = `import socket\nsocket.create_connection(("127.0.0.1", ${port}), 1)`;
			const config = z.parse(pythonDefinition.config, { code, network: "off" });
			await expect(executePython(config, await contextIn("auto"))).rejects.toThrow("Connection refused");
		});
	},
);

it("a step whose network is off does not run without a sandbox", async () => {
	await expect(knock("off", "off")).rejects.toThrow("Turn the step's network on, or set the sandbox up.");
});
