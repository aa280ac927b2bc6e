import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

/** Whether the machine of the tests has git, and its server for HTTP. */
export const hasGit = (() => {
	const { status, stdout } = spawnSync("git", ["--exec-path"], { encoding: "utf8" });
	if (status !== 0) return false;
	return spawnSync("test", ["-x", join(stdout.trim(), "git-http-backend")]).status === 0;
})();

/** Runs the git of this machine with nobody's settings. */
export function git(directory: string, ...args: string[]): string {
	const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main"];
	const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
	return execFileSync("git", [...who, ...args], { cwd: directory, env, encoding: "utf8", stdio: "pipe" });
}

/** `git http-backend` behind HTTP, for the repositories below a folder; whoever asks has to sign in as `ada` with `s3cret-token`. */
export async function startGitServer(root: string, certificate?: { cert: string; key: string }) {
	const requests: { path: string; authorization: string | undefined }[] = [];
	const answer = (request: IncomingMessage, response: ServerResponse) => {
		const { authorization } = request.headers;
		requests.push({ path: request.url ?? "", authorization });
		const isPublic = request.url?.startsWith("/public/") && !request.url.includes("receive-pack");
		if (!isPublic && authorization !== `Basic ${Buffer.from("ada:s3cret-token").toString("base64")}`) {
			response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
		} else if (request.url?.startsWith("/moved/")) {
			response.writeHead(301, { location: request.url.replace("/moved/", "/acme/") }).end();
		} else serve(root, request, response).catch(() => response.destroy());
	};
	const server = certificate ? createSecureServer(certificate, answer) : createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	return {
		port,
		requests,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

/** A request as CGI hands it on (RFC 3875). */
async function serve(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { pathname, searchParams } = new URL(request.url ?? "/", "http://git.test");
	const header = (name: string) => String(request.headers[name] ?? "");
	const child = spawn("git", ["http-backend"], {
		env: {
			...process.env,
			...{ GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: "1", REMOTE_USER: "ada", REMOTE_ADDR: "127.0.0.1" },
			...{ PATH_INFO: pathname, QUERY_STRING: searchParams.toString(), REQUEST_METHOD: request.method ?? "GET" },
			...{ CONTENT_TYPE: header("content-type"), HTTP_CONTENT_ENCODING: header("content-encoding") },
			...{ GIT_PROTOCOL: header("git-protocol"), GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
		},
		stdio: ["pipe", "pipe", "ignore"],
	});
	request.pipe(child.stdin);
	const answer = await buffer(child.stdout);
	const end = answer.indexOf("\r\n\r\n");
	const headers = answer
		.toString("latin1", 0, end)
		.split("\r\n")
		.map((line) => line.split(/: ?(.*)/s));
	const status = headers.find(([name]) => name === "Status")?.[1];
	for (const [name = "", value = ""] of headers) if (name !== "Status") response.setHeader(name, value);
	response.writeHead(Number.parseInt(status ?? "200", 10)).end(answer.subarray(end + 4));
}
