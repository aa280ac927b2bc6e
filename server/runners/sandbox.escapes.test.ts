import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { createEscapeFixture, type EscapeFixture } from "./escape-fixture";
import { closeInheritedDescriptors } from "./inherited-descriptors";
import { probeSandbox } from "./sandbox";

const probe = await probeSandbox([]);
const title = "a step in the sandbox";
const missing = `: NOT TESTED HERE, bubblewrap is ${probe.state} (apt-get install bubblewrap)`;

describe.skipIf(probe.state !== "on")(`${title}${probe.state === "on" ? "" : missing}`, () => {
	let fixture: EscapeFixture;
	beforeAll(closeInheritedDescriptors);
	beforeEach(async () => {
		fixture = await createEscapeFixture({ sandbox: "require" });
	});
	afterEach(() => fixture.dispose());

	const SECRETS = '"$DATA/secret" "$OTHER/note"';
	it.each([
		["by their paths", `cat ${SECRETS}`],
		["by a path that leads up", "cat ../../../secret ../../other/workspace/note"],
		["through a link", `ln -s "$DATA/secret" link; ln -s "$OTHER" dir; cat link dir/note; cp link copy; cat copy`],
		["through a link in the place of its output", `ln -sf "$DATA/secret" "$WEFT_OUTPUT"`],
		[
			"through a link in the place of its files",
			`rm -rf "$WEFT_COMMAND_FILES"; ln -s "$DATA" "$WEFT_COMMAND_FILES"; cat "$WEFT_COMMAND_FILES/secret"`,
		],
		["through the roots of other processes", `for pid in 1 $PPID self; do cat /proc/$pid/root$DATA/secret; done`],
		[
			"through the directories of other processes",
			`for pid in 1 $PPID self; do cat /proc/$pid/cwd/../../../secret; done`,
		],
		[
			"in the environments of other processes",
			"cat /proc/*/environ /proc/1/environ /proc/$PPID/environ | tr '\\0' '\\n'",
		],
		["on the command lines of other processes", "cat /proc/*/cmdline | tr '\\0' '\\n'"],
		["in open descriptors", "ls -l /proc/*/fd; for fd in /proc/1/fd/*; do timeout 0.2 cat $fd; done < /dev/null"],
		["in the memory of other processes", "for pid in 1 $PPID; do strings /proc/$pid/mem || cat /proc/$pid/maps; done"],
		["in the checkout", `ls -A "$CHECKOUT"; cat "$CHECKOUT/.env"`],
		["by taking the covers off", `umount -l "$DATA"; umount -l /; cat ${SECRETS}`],
		[
			"in namespaces of its own",
			`unshare -Urm sh -c 'umount -l /; umount -R "$DATA"; mount -t proc proc /proc; cat ${SECRETS}'`,
		],
		["by mounting the disk", `mknod disk b 254 0; mount disk /mnt; mount --bind / /mnt; cat /mnt${"$DATA"}/secret`],
		["by another root", `chroot /proc/1/root cat "$DATA/secret"; nsenter -t 1 -a cat "$DATA/secret"`],
		["as another user", `cp /bin/cat mycat; chmod 6755 mycat; ./mycat ${SECRETS}; setpriv --reuid 0 cat ${SECRETS}`],
	])("does not read secrets %s", async (_, script) => {
		const env = { DATA: fixture.data, OTHER: fixture.other.directory, CHECKOUT: process.cwd() };
		const { printed } = await fixture.bash(script, { env });
		expect(printed).not.toContain(fixture.secret);
		expect(await everythingIn(fixture.workspace.directory)).not.toContain(fixture.secret);
	});

	it("sees nothing of another item's workspace", async () => {
		const item = await fixture.runner.acquire("mine", "each-0");
		await writeFile(join(item.directory, "note"), fixture.secret);
		const script = 'cat "$ITEM/note"; cat ../items/*/note; ls ..; ls "$ITEM"';
		const ofRun = await fixture.bash(script, { env: { ITEM: item.directory } });
		expect(ofRun.printed).not.toContain(fixture.secret);
		expect(ofRun.printed).not.toContain("items\n");
	});

	it("hands nothing back through a link in the place of its files", async () => {
		const script = 'rm -rf "$WEFT_COMMAND_FILES"; ln -s "$DATA" "$WEFT_COMMAND_FILES"';
		const { returnedFiles } = await fixture.workspace.exec(["sh", "-c", script], {
			env: { DATA: fixture.data },
			signal: new AbortController().signal,
			onOutput: () => {},
			returnFiles: ["secret"],
		});
		expect(returnedFiles).toEqual({});
	});

	it("chooses no program that runs outside, by PATH or by name", async () => {
		const fakes = ["bwrap", "sh", "bash", "mkfifo", "grep", "env", "environment"];
		const { directory } = fixture.workspace;
		for (const name of fakes)
			await writeFile(join(directory, "bin", name), `#!/bin/sh\ncat "${fixture.data}/secret"; echo fake\n`, {
				mode: 0o755,
			});
		const { printed } = await fixture.bash("echo done", { env: { PATH: join(directory, "bin") } });
		expect(printed).toBe("done\n");
	});

	it("is not seen by the loader of a program that guards it", async () => {
		const { directory } = fixture.workspace;
		await fixture.run(["true"], { env: { LD_DEBUG: "all", LD_DEBUG_OUTPUT: join(directory, "trace") } });
		const traces = await everythingIn(directory);
		expect(traces.match(/transferring control: \S+/g)).toEqual([expect.stringMatching(/\/true$/)]);
	});

	it("has one program alone that its LD_PRELOAD reaches: its own", async () => {
		const { printed } = await fixture.run(["true"], { env: { LD_PRELOAD: "/nowhere.so" } });
		expect(printed.match(/nowhere\.so/g)).toHaveLength(1);
	});

	it.each(["BASH_ENV", "ENV", "PYTHONSTARTUP", "PYTHONPATH", "NODE_OPTIONS", "LD_LIBRARY_PATH", "IFS", "SHELLOPTS"])(
		"gains nothing by %s",
		async (name) => {
			const file = join(fixture.workspace.directory, "payload");
			await writeFile(file, `cat "${fixture.data}/secret" "${fixture.other.directory}/note"; cat /proc/*/environ\n`);
			for (const value of [file, `--require ${file}`, "xtrace"]) {
				const { printed } = await fixture.bash("echo done", { env: { [name]: value } });
				expect(printed).not.toContain(fixture.secret);
			}
		},
	);

	it("finds no place for files in memory, where its limit does not count them", async () => {
		const hiding = await createEscapeFixture({ sandbox: "require", hidden: ["/usr/share/doc", "/usr/share"] });
		const places = `while read -r _ _ _ _ place rest; do [ -w "$place" ] && echo "$place $rest"; done </proc/self/mountinfo`;
		const { printed } = await hiding.bash(`${places}; echo x >/dev/shm/x && cat /dev/shm/x`);
		expect(printed).not.toMatch(/ - tmpfs /);
		expect(printed).toMatch(/^x$/m);
		await hiding.dispose();
	});

	it("shows what it was given to nobody on a command line", async () => {
		const { data, secret } = fixture;
		const seen = new Promise<string>((resolve) => {
			const onOutput = () => void commandLines().then(resolve);
			void fixture.workspace.exec(["bash", "-c", "echo ready; read -r _ < <(sleep 0.3)"], {
				...{ env: { TOKEN: secret }, signal: new AbortController().signal, onOutput },
			});
		});
		expect(await seen).toContain(data);
		expect(await seen).not.toContain(secret);
	});

	it("has no rights and can gain none", async () => {
		const { printed } = await fixture.bash("grep -E 'CapEff|CapPrm|NoNewPrivs' /proc/self/status | tr -d '\\t'");
		expect(printed).toBe("CapPrm:0000000000000000\nCapEff:0000000000000000\nNoNewPrivs:1\n");
	});

	it("reaches no process but its own", async () => {
		const trace = `python3 -c 'import ctypes; print(ctypes.CDLL(None).ptrace(16, ${process.pid}, 0, 0))'`;
		const { printed } = await fixture.bash(`kill -9 ${process.pid}; ${trace}; ls /proc | grep -c '^[0-9]'`);
		expect(printed).toMatch(/No such process[\s\S]*-1\n[1-9]\n$/);
	});

	it.each(["/", "/usr", "/etc", "/bin", "/opt", "/proc/sys/kernel", "/nowhere"])(
		"writes nothing to %s",
		async (place) => {
			expect((await fixture.bash(`mkdir -p ${place} && touch ${place}/x && echo written`)).printed).not.toContain(
				"written",
			);
		},
	);

	it("leaves no process behind, however it hides", async () => {
		const mark = `4242${Math.floor(Math.random() * 1e6)}`;
		await fixture.bash(
			`setsid env -i setsid sleep ${mark} & (trap '' HUP TERM; nohup sleep ${mark} &) ; sleep ${mark} & disown -a`,
		);
		expect(await commandLines()).not.toContain(mark);
	});

	it("has three descriptors, and hurts nobody by opening as many as it can", async () => {
		const { printed } = await fixture.bash("ls /proc/self/fd | wc -l");
		// The fourth is the directory that is being listed.
		expect(printed).toBe("4\n");
		const greedy = "import os\ntry:\n  while True: os.open('/dev/null', 0)\nexcept OSError as e: print(e.strerror)";
		expect((await fixture.run(["python3", "-c", greedy])).printed).toBe("Too many open files\n");
		expect((await fixture.bash("echo fine")).printed).toBe("fine\n");
	});

	it("gets no answer from the database without the password, and sees no socket of it", async () => {
		const { printed } = await fixture.bash(`${KNOCK}; grep -c PGSQL /proc/net/unix`, { env: { PORT: port() } });
		// An R message that says 10: SASL. 0 would be a welcome.
		expect(printed).toMatch(/^ *52 00 00 00 \S\S 00 00 00 0a\n0\n$/);
	});

	it("that is cut off from the network reaches nothing, this machine included", async () => {
		const script = `${KNOCK}; tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '`;
		const { printed } = await fixture.bash(script, { env: { PORT: port() }, network: false });
		expect(printed).toMatch(/Connection refused/);
		expect(printed).toMatch(/\nlo\n$/);
	});

	it("sees nothing of a hidden place, by whichever name the system knows it", async () => {
		const [name = ""] = (await readdir("/usr/lib")).filter((each) => /^(apt|dpkg|rpm|systemd|os-release)$/.test(each));
		const hiding = await createEscapeFixture({ sandbox: "require", hidden: [join("/usr/lib", name), "/usr/share"] });
		const { printed } = await hiding.bash(`ls -A /usr/lib/${name} /lib/${name} /usr/share; ls /usr/bin | grep -cx env`);
		expect(printed.split("\n").filter((line) => line !== "" && !line.endsWith(":"))).toEqual(["1"]);
		await hiding.dispose();
	});
});

/** Says to PostgreSQL that the user weft would like to come in, and prints the first bytes of the answer. */
const KNOCK = [
	"exec 5<>/dev/tcp/127.0.0.1/$PORT",
	"printf '\\0\\0\\0\\041\\0\\03\\0\\0user\\0weft\\0database\\0weft\\0\\0' >&5",
	"head -c 9 <&5 | od -An -tx1 | sed 's/^ *//'",
].join(" && ");

function port(): string {
	return new URL(inject("postgresUrl")).port;
}

async function commandLines(): Promise<string> {
	const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
	const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
	return texts.join("\n");
}

async function everythingIn(directory: string): Promise<string> {
	const { stdout } = await promisify(execFile)("grep", ["-rhas", "", directory], { maxBuffer: 1e9 }).catch(() => ({
		stdout: "",
	}));
	return stdout;
}
