import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { installOnDebian } from "./install-on-debian";

/** Chromium without the parts that draw windows. */
const SHELL = "chromium-headless-shell";
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APPLICATIONS = [
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The browser of the tests: the path in WEFT_CHROMIUM, else the lean build, which needs two thirds of a whole one's time,
 * as root on Debian installed now, and without it what `findChromium` finds.
 */
export function findHeadlessChromium(): string {
	if (process.env.WEFT_CHROMIUM) return findChromium();
	const shell = findOnPath([SHELL]);
	if (shell || isExecutable(chromium.executablePath())) return shell ?? findChromium();
	return (installOnDebian(SHELL, "the browser tests") ? findOnPath([SHELL]) : undefined) ?? findChromium();
}

/**
 * A whole browser, as people have it: the path in WEFT_CHROMIUM, Playwright's own, the system's, and as root on Debian
 * one that is installed now. Throws with what to do when there is none.
 */
export function findChromium(): string {
	const explicit = process.env.WEFT_CHROMIUM;
	if (explicit) {
		if (isExecutable(explicit)) return explicit;
		throw new Error(`WEFT_CHROMIUM names ${explicit}, which is no program.`);
	}
	const found = findInstalled() ?? (installOnDebian("chromium", "the browser tests") ? findInstalled() : undefined);
	if (found) return found;
	throw new Error(
		"No Chromium was found. Install one (npx playwright install chromium, or apt-get install chromium), or set WEFT_CHROMIUM to its path.",
	);
}

function findInstalled(): string | undefined {
	return [chromium.executablePath(), findOnPath(NAMES) ?? "", ...APPLICATIONS].find(isExecutable);
}

function findOnPath(names: readonly string[]): string | undefined {
	const folders = (process.env.PATH ?? "").split(delimiter);
	return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
