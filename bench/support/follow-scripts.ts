import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { round } from "./report";

export interface Script {
	url: string;
	/** Thousands of bytes, gzip. */
	kb: number;
}

interface Loading {
	/** The scripts that have been fetched since the last call. */
	take(): Promise<Script[]>;
}

/** Follows the scripts that a page fetches. */
export function followScripts(page: Page): Loading {
	let seen: Response[] = [];
	page.on("response", (response) => {
		if (response.request().resourceType() === "script") seen.push(response);
	});
	return {
		async take() {
			await page.waitForLoadState("networkidle");
			const taken = seen;
			seen = [];
			return await Promise.all(
				taken.map(async (response) => ({
					url: response.url(),
					kb: gzipSync(await response.body()).length / 1_000,
				})),
			);
		},
	};
}

/** In thousands of bytes. */
export function sumOf(scripts: readonly Script[]): number {
	return round(scripts.reduce((total, { kb }) => total + kb, 0));
}
