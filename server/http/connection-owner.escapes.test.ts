import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createEscapeFixture, type EscapeFixture } from "../runners/escape-fixture";
import { probeSandbox } from "../runners/sandbox";
import { findConnectionOwner, isWorkerProcess, type RunningProcess } from "./connection-owner";

const { state } = await probeSandbox([]);
let fixture: EscapeFixture;
let server: Server;
let url: string;
let isWorker: (process: RunningProcess) => boolean;

/** Answers each request with who holds its connection, and says in the workspace that it has looked. */
beforeAll(async () => {
	fixture = await createEscapeFixture({ sandbox: "auto" });
	// What starts a command here is the test: only the commands of this fixture count as steps.
	isWorker = ({ commandLine }) => commandLine.includes(fixture.data);
	server = createServer(async ({ socket }, response) => {
		const ports = { peer: socket.remotePort ?? 0, own: socket.localPort ?? 0 };
		const holder = await findConnectionOwner(ports, isWorker);
		await writeFile(join(fixture.workspace.directory, "looked"), "");
		response.end(holder);
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	url = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
});
afterAll(async () => {
	server.close();
	await fixture.dispose();
});

async function curlOutside(): Promise<string> {
	return (await promisify(execFile)("curl", ["-s", url])).stdout;
}

describe.skipIf(state !== "on")(
	`a step in the sandbox${state === "on" ? "" : `: NOT TESTED HERE, bubblewrap is ${state}`}`,
	() => {
		it.each([
			["directly", 'curl -s "$URL"'],
			["from an orphan in a session of its own", 'mkfifo p; setsid -f sh -c "curl -s $URL > p"; cat p'],
			["over an IPv6 socket", "curl -s \"$(echo $URL | sed 's/127.0.0.1/[::ffff:127.0.0.1]/')\""],
		])("is found when it knocks %s", async (_, script) => {
			expect((await fixture.bash(script, { env: { URL: url } })).printed).toBe("step");
		});

		it.each([
			["in the queue of a socket", HIDE_IN_QUEUE],
			["in the descriptors of a thread", HIDE_IN_THREAD],
		])("is not taken for somebody else while it hides its end %s", async (_, code) => {
			const { printed } = await fixture.run(["python3", "-c", code], { env: { URL: url } });
			expect(printed).toBe("unclear");
		});

		it("that lets nobody look into it is not taken for somebody else", async () => {
			const { printed } = await fixture.run(["python3", "-c", HIDE_ALL], { env: { URL: url } });
			expect(["unclear", "step"]).toContain(printed);
		});

		it("keeps nobody outside from being known as such while it runs", async () => {
			const ending = new AbortController();
			const seen = new Promise<string>((resolve, reject) => {
				const onOutput = () => void curlOutside().then(resolve, reject);
				void fixture.workspace
					.exec(["sh", "-c", "mkfifo q; echo ready; cat q"], {
						...{ env: {}, signal: ending.signal, onOutput },
					})
					.catch(reject);
			});
			expect(await seen).toBe("other");
			ending.abort();
		});
	},
);

it("a program outside is somebody else, and so is whoever has gone", async () => {
	expect(await curlOutside()).toBe("other");
	expect(await findConnectionOwner({ peer: 1, own: 2 }, isWorker)).toBe("other");
});

it("a request that this process has sent itself stands for anybody", async () => {
	expect(await (await fetch(url)).text()).toBe("step");
});

it.each([
	["/usr/bin/node --enable-source-maps /srv/weft/.weft-build/worker.js", true],
	["node /srv/weft/server/cli/weft.mjs worker", true],
	["node /srv/weft/node_modules/.bin/weft worker", true],
	["node /srv/weft/server/cli/weft.mjs web", false],
	["vi /srv/weft/.weft-build/worker.js.map", false],
])("%s: is it a worker? %s", (command, expected) => {
	expect(isWorkerProcess({ commandLine: `${command.replaceAll(" ", "\0")}\0` })).toBe(expected);
});

const CONNECT = `
import ctypes, os, socket, sys, threading, time
host, port = os.environ["URL"][7:].split(":")
def ask():
    s = socket.create_connection((host, int(port)))
    s.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
    return s
def hear(s):
    sys.stdout.write(s.makefile().read().split("\\n\\n")[1])
def until_looked():
    while not os.path.exists("looked"): time.sleep(0.01)
if os.path.exists("looked"): os.remove("looked")
`;

const HIDE_IN_QUEUE = `${CONNECT}
a, b = socket.socketpair()
s = ask()
socket.send_fds(a, [b"x"], [s.fileno()])
s.close()
until_looked()
hear(socket.socket(fileno=socket.recv_fds(b, 1, 1)[1][0]))
`;

/** 0x400 is CLONE_FILES: from then on the thread's descriptors are its own. */
const HIDE_IN_THREAD = `${CONNECT}
def hide():
    assert ctypes.CDLL(None).unshare(0x400) == 0
    s = ask()
    until_looked()
    hear(s)
t = threading.Thread(target=hide)
t.start()
t.join()
`;

/** 4 is PR_SET_DUMPABLE. */
const HIDE_ALL = `${CONNECT}
assert ctypes.CDLL(None).prctl(4, 0, 0, 0, 0) == 0
hear(ask())
`;
