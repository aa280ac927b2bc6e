import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Installs a package as root on Debian; elsewhere, or when it cannot be had, nothing happens. @returns whether it tried. */
export function installOnDebian(name: string, purpose: string): boolean {
	if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
	console.log(`Installing ${name} for ${purpose} (apt-get) …`);
	const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
	try {
		execFileSync("apt-get", ["update"], options);
		execFileSync("apt-get", ["install", "-y", "--no-install-recommends", name], options);
	} catch {
		console.log(`${name} could not be installed.`);
	}
	return true;
}
