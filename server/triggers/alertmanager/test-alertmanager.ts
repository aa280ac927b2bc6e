import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "@/db/client";
import { receiveRequest } from "../hooks/receive/receive-request";

/** Hands what comes over HTTP on to the hooks of a database, as the web server does, and can be unplugged. */
export async function startHookServer(database: Database) {
	const state = { isAway: false, received: 0 };
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		if (state.isAway) {
			response.writeHead(503).end();
			return;
		}
		state.received += 1;
		const url = `http://127.0.0.1${request.url ?? "/"}`;
		const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
		const init = { method: "POST", headers, body: Buffer.concat(chunks) };
		const answer = await receiveRequest(database, new Request(url, init), url.split("/").at(-1) ?? "");
		response.writeHead(answer.status).end(await answer.text());
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	return {
		state,
		/** Where an address of a trigger is reached here. */
		at: (address: string) => `http://127.0.0.1:${port}${new URL(address).pathname}`,
		async stop() {
			server.closeAllConnections();
			server.close();
			await once(server, "close");
		},
	};
}

interface Asked {
	program: string;
	/** Where it sends notifications, and what it proves them by. */
	url: string;
	token?: string;
	/** The peer that it forms a cluster with: its cluster's port. */
	peer?: number;
}

/** An Alertmanager that notifies within a second or two, with its data in a folder of its own. */
export async function startAlertmanager({ program, url, token, peer }: Asked) {
	const folder = await mkdtemp(join(tmpdir(), "weft-alertmanager-"));
	const [port, cluster] = [await freePort(), await freePort()];
	const config = {
		route: {
			receiver: "weft",
			group_by: ["alertname"],
			group_wait: "100ms",
			group_interval: "1s",
			repeat_interval: "1s",
		},
		receivers: [
			{
				name: "weft",
				webhook_configs: [
					{ url, send_resolved: true, ...(token && { http_config: { authorization: { credentials: token } } }) },
				],
			},
		],
	};
	// JSON is YAML.
	await writeFile(join(folder, "alertmanager.yml"), JSON.stringify(config));
	const options = [
		`--config.file=${join(folder, "alertmanager.yml")}`,
		`--storage.path=${join(folder, "data")}`,
		`--web.listen-address=127.0.0.1:${port}`,
		`--cluster.listen-address=127.0.0.1:${cluster}`,
		`--cluster.advertise-address=127.0.0.1:${cluster}`,
		"--cluster.settle-timeout=1s",
		...(peer === undefined ? [] : [`--cluster.peer=127.0.0.1:${peer}`]),
	];
	const api = `http://127.0.0.1:${port}`;
	let child = await start();

	async function start(): Promise<ChildProcess> {
		const started = spawn(program, options, { stdio: "ignore" });
		await until(async () => (await fetch(`${api}/-/ready`).catch(() => undefined))?.ok === true);
		return started;
	}

	async function kill(signal: NodeJS.Signals): Promise<void> {
		if (child.exitCode !== null || child.signalCode !== null) return;
		child.kill(signal);
		await once(child, "exit");
	}

	return {
		api,
		cluster,
		/** Tells it of alerts, as Prometheus does. */
		async post(alerts: readonly object[]) {
			const answer = await fetch(`${api}/api/v2/alerts`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify(alerts),
			});
			if (!answer.ok) throw new Error(await answer.text());
		},
		async restart() {
			await kill("SIGTERM");
			child = await start();
		},
		async stop() {
			await kill("SIGKILL");
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Waits for something to hold. */
export async function until(holds: () => Promise<boolean>, seconds = 30): Promise<void> {
	const end = Date.now() + seconds * 1_000;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error("It did not come to hold in time.");
		await pause(50);
	}
}

async function freePort(): Promise<number> {
	const server = createNetServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}
