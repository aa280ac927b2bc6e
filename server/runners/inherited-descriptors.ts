import { closeSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";

const O_CLOEXEC = 0o2000000;

/**
 * Closes what this process was handed open by whoever started it and would hand on to every command. Node.js keeps its
 * own descriptors from being handed on, and those that follow the standard three without a gap. To be called at start.
 */
export async function closeInheritedDescriptors(): Promise<void> {
	const names = await readdir("/proc/self/fdinfo").catch(() => []);
	for (const descriptor of names.map(Number)) {
		const info = await readFile(`/proc/self/fdinfo/${descriptor}`, "utf8").catch(() => "");
		const flags = /^flags:\s*([0-7]+)/m.exec(info)?.[1];
		if (descriptor > 2 && flags !== undefined && (Number.parseInt(flags, 8) & O_CLOEXEC) === 0) closeSync(descriptor);
	}
}
