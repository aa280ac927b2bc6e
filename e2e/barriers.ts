import type { Page } from "@playwright/test";
import axe from "axe-core";

export interface Violation {
	id: string;
	impact: string | null;
	help: string;
	nodes: string[];
}

/** Serious and critical violations of the page as it stands. */
export async function seriousViolations(page: Page): Promise<Violation[]> {
	const found = await page.evaluate(`${axe.source}; axe.run(document).then((r) => r.violations.map((v) => ({
		id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.map((n) => n.html.slice(0, 200)) })))`);
	return readViolations(found).filter(({ impact }) => impact === "serious" || impact === "critical");
}

/** What axe reports, through the browser's JSON. */
function readViolations(value: unknown): Violation[] {
	return value as Violation[];
}

/**
 * What a thumb cannot hit or a phone would zoom into: targets under 44 px, text fields under 16 px, things beyond the
 * edge. A target counts with what `::after` adds to it.
 */
export async function thumbTroubles(page: Page): Promise<string[]> {
	return readStrings(await page.evaluate(FIND_THUMB_TROUBLES));
}

function readStrings(value: unknown): string[] {
	return value as string[];
}

const FIND_THUMB_TROUBLES = `(() => {
	const targets = "a[href], button, input, textarea, [role=tab], [role=radio], [role=switch], [role=combobox], [role=menuitem], [contenteditable=true]";
	const troubles = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
	for (const element of document.querySelectorAll(targets)) {
		const box = element.getBoundingClientRect();
		const style = getComputedStyle(element);
		const hidden = !box.width || style.visibility === "hidden" || style.clipPath !== "none" || element.closest("[inert], [aria-hidden=true], .react-flow");
		if (hidden || element.disabled) continue;
		const after = getComputedStyle(element, "::after");
		const grown = after.position === "absolute" && after.content !== "none";
		const height = Math.max(box.height, grown ? parseFloat(after.height) : 0);
		const width = Math.max(box.width, grown ? parseFloat(after.width) : 0);
		const name = (element.getAttribute("aria-label") || element.textContent || element.tagName).trim().slice(0, 60);
		if (height < 43.5 || width < 43.5) troubles.push(name + ": " + Math.round(width) + " x " + Math.round(height));
		if (box.left < -1 || box.right > innerWidth + 1) troubles.push(name + ": beyond the edge");
		if (element.matches("input, textarea, [contenteditable=true]") && parseFloat(style.fontSize) < 16) troubles.push(name + ": " + style.fontSize);
	}
	return [...new Set(troubles)];
})()`;
