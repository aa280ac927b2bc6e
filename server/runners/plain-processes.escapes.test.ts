import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEscapeFixture, type EscapeFixture } from "./escape-fixture";

describe("a step without a sandbox", () => {
	let fixture: EscapeFixture;
	beforeEach(async () => {
		fixture = await createEscapeFixture({ sandbox: "off" });
	});
	afterEach(() => fixture.dispose());

	it("chooses neither the shell that starts it nor its own program, by PATH or by name", async () => {
		const { directory } = fixture.workspace;
		for (const name of ["sh", "bash", "mkfifo", "grep", "environment"])
			await writeFile(join(directory, "bin", name), `#!/bin/sh\ncat "${fixture.data}/secret"\n`, { mode: 0o755 });
		const { printed } = await fixture.bash("echo done", { env: { PATH: join(directory, "bin") } });
		expect(printed).toBe("done\n");
	});

	it("has one program alone that its LD_PRELOAD reaches: its own", async () => {
		const { printed } = await fixture.run(["true"], { env: { LD_PRELOAD: "/nowhere.so" } });
		expect(printed.match(/nowhere\.so/g)).toHaveLength(1);
	});

	it.each(["BASH_ENV", "ENV"])("has %s read by its own shell at most", async (name) => {
		const file = join(fixture.workspace.directory, "payload");
		await writeFile(file, `echo "read by \${BASH_VERSION:+bash} $0" >&2\n`);
		const { printed } = await fixture.bash("echo done", { env: { [name]: file } });
		expect(printed.match(/read by/g)?.length ?? 0).toBeLessThanOrEqual(1);
		expect(printed).not.toContain("read by  sh");
	});

	it("is not held to fewer limits by what it sets", async () => {
		const env = { IFS: "0123456789", PATH: "/nowhere", POSIXLY_CORRECT: "1", SHELLOPTS: "noexec", ENV: "/dev/stdin" };
		const limits = { fileBytes: 1_048_576 };
		expect((await fixture.run(["/bin/bash", "-c", "ulimit -f"], { env, limits })).printed).not.toContain("unlimited");
	});

	it("sees nothing of the worker's environment", async () => {
		expect((await fixture.bash("env; cat /proc/self/environ")).printed).not.toContain(fixture.secret);
	});

	it("does not run where a sandbox is required, or where it shall be cut off from the network", async () => {
		await expect(fixture.bash("echo done", { network: false })).rejects.toThrow(
			"The sandbox is turned off (WEFT_SANDBOX=off). Without it a step cannot be cut off from the network.",
		);
	});
});
