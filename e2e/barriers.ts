import type { Page } from "@playwright/test";
import axe from "axe-core";
import { z } from "zod";

const violationsSchema = z.array(
	z.object({ id: z.string(), impact: z.string().nullable(), help: z.string(), nodes: z.array(z.string()) }),
);

/** Serious and critical violations of the page as it stands. */
export async function seriousViolations(page: Page): Promise<z.infer<typeof violationsSchema>> {
	const found = await page.evaluate(`${axe.source}; axe.run(document).then((r) => r.violations.map((v) => ({
		id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.map((n) => n.html.slice(0, 200)) })))`);
	return violationsSchema.parse(found).filter(({ impact }) => impact === "serious" || impact === "critical");
}

/**
 * What a thumb cannot hit or a phone would zoom into: targets under 44 px, text fields under 16 px, things beyond the
 * edge. A target counts with what `::after` adds to it.
 */
export async function thumbTroubles(page: Page): Promise<string[]> {
	return z.array(z.string()).parse(await page.evaluate(FIND_THUMB_TROUBLES));
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
