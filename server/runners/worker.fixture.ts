import { createLocalRunner } from "./local-runner";

/** A worker that starts commands which never end, says so, and waits to be killed. */
async function main(directory = "", runId = "", sandbox = ""): Promise<void> {
	const runner = createLocalRunner({ directory, workerId: "doomed", sandbox: sandbox === "off" ? "off" : "auto" });
	const workspace = await runner.acquire(runId);
	const script = "sleep 1001 & setsid sleep 1002 & (trap '' TERM; setsid sleep 1003 &) ; echo ready; sleep 1004";
	await workspace.exec(["bash", "--norc", "-c", script], {
		env: {},
		signal: new AbortController().signal,
		onOutput: (_, text) => process.stdout.write(text),
	});
}

void main(...process.argv.slice(2));
