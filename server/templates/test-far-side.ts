import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createNetServer, type Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { startGitServer } from "@/server/nodes/git/test-git-server";

const run = promisify(execFile);

/** What templates talk to, on this machine, for tests. */
export interface FarSide {
	/** `/up` answers, `/down` fails, `/empty` says nothing, `/cut-off.sql.gz` is half a dump. */
	http: string;
	/** `host:port` of a server whose certificate expires in ten days. */
	tls: string;
	/** A repository to clone, with one commit: its linter objects, its tests pass. */
	git: string;
	/** The same repository over HTTP. */
	webGit: string;
	stop(): Promise<void>;
}

export async function startFarSide(): Promise<FarSide> {
	const folder = await mkdtemp(join(tmpdir(), "weft-far-side-"));
	const web = createServer((request, response) => {
		const { status, body } = PAGES[request.url ?? ""] ?? { status: 404, body: "" };
		response.writeHead(status).end(body);
	});
	const [http, { tls, server }, git] = await Promise.all([listen(web), startTls(folder), startGit(folder)]);
	return {
		http: `http://127.0.0.1:${http}`,
		tls: `127.0.0.1:${tls}`,
		git: git.address,
		webGit: git.webAddress,
		async stop() {
			web.close();
			server.close();
			await git.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

const PAGES: Record<string, { status: number; body: string | Buffer }> = {
	"/up": { status: 200, body: "here I am" },
	"/down": { status: 503, body: "" },
	"/empty": { status: 200, body: "nobody is here" },
	"/cut-off.sql.gz": { status: 200, body: gzipSync("CREATE TABLE people (id integer);\nINSERT INTO peo") },
};

async function startTls(folder: string) {
	const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
	const request = [
		"req",
		"-x509",
		"-newkey",
		"ec",
		"-pkeyopt",
		"ec_paramgen_curve:prime256v1",
		"-nodes",
		"-days",
		"10",
	];
	await run("openssl", [...request, "-subj", "/CN=localhost", "-keyout", key, "-out", cert]);
	const server = createTlsServer({ key: await readFile(key), cert: await readFile(cert) }, (socket) => socket.end());
	return { tls: await listen(server), server };
}

async function startGit(folder: string) {
	const shop = join(folder, "shop");
	await mkdir(join(shop, "ci"), { recursive: true });
	await writeFile(join(shop, "ci/lint.sh"), "exit 3\n");
	await writeFile(join(shop, "ci/test.sh"), "echo 1 passed\n");
	const git = (...args: string[]) => run("git", ["-C", shop, ...args]);
	await git("init", "--quiet", "--initial-branch=main");
	await git("add", ".");
	await git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "--quiet", "-m", "Fix: orders arrive");
	await git("clone", "--quiet", "--bare", shop, join(folder, "public/shop.git"));
	const web = await startGitServer(folder);
	const port = await freePort();
	const options = [`--base-path=${folder}`, "--export-all", "--reuseaddr", "--listen=127.0.0.1", `--port=${port}`];
	const daemon = spawn("git", ["daemon", "--verbose", ...options], {
		stdio: ["ignore", "ignore", "pipe"],
		detached: true,
	});
	// Its first line says that it is ready.
	await once(daemon.stderr, "data");
	return {
		address: `git://127.0.0.1:${port}/shop`,
		webAddress: `http://127.0.0.1:${web.port}/public/shop.git`,
		async stop() {
			web.close();
			if (daemon.pid !== undefined) process.kill(-daemon.pid);
			await once(daemon, "close");
		},
	};
}

async function freePort(): Promise<number> {
	const server = createNetServer();
	const port = await listen(server);
	server.close();
	return port;
}

async function listen(server: Server | NetServer): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (typeof address !== "object" || address === null) throw new Error("The server listens nowhere.");
	return address.port;
}
