import { expect, type Page } from "@playwright/test";
import { toClipboard } from "@/server/plan/yaml/clipboard";
import { edgesOf } from "./canvas";
import { selectStep } from "./drawing";
import { savedPlan, startEmpty } from "./mouse";
import { test } from "./test";
import { signInAsDemo, step } from "./weft";

test.setTimeout(120_000);

const ROWS = 10;
const COLUMNS = 30;

/** Thirty steps in a row, ten rows. */
function largePart() {
	const nodes = Array.from({ length: ROWS * COLUMNS }, (_, i) => ({
		id: `s${i}`,
		type: "comment",
		name: `Step ${i}`,
		config: { text: `The number ${i}` },
		onFailure: "stop" as const,
		join: "all" as const,
		position: { x: (i % COLUMNS) * 248, y: Math.floor(i / COLUMNS) * 84 },
	}));
	const edges = nodes
		.filter((_, i) => i % COLUMNS > 0)
		.map(({ id }) => ({ from: `s${Number(id.slice(1)) - 1}`, port: "out", to: id }));
	return { nodes, edges, notes: [], inputs: [] };
}

/** With the keys of the system, from its clipboard. */
async function paste(page: Page, text: string): Promise<void> {
	await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
	await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
	await page.keyboard.press("ControlOrMeta+v");
}

test("three hundred steps are pasted, connected, undone at once, and kept", async ({ page }) => {
	await signInAsDemo(page);
	await startEmpty(page);
	await paste(page, toClipboard(largePart()));
	await expect(page.getByRole("status").filter({ hasText: "Pasted 300 steps." })).toBeAttached();
	await page.keyboard.press("Shift+1");
	await expect(step(page, "Step 0")).toBeInViewport();
	const pasted = await savedPlan(page);
	expect([pasted.nodes.length, pasted.edges.length]).toEqual([300, 290]);

	await page.keyboard.press("ControlOrMeta+z");
	await expect(page.getByRole("button", { name: "Add the first step" })).toBeVisible();
	expect((await savedPlan(page)).nodes).toEqual([]);
	await page.keyboard.press("ControlOrMeta+Shift+z");
	expect(await savedPlan(page)).toEqual(pasted);

	await page.reload();
	await expect(page.getByText("No problems. This draft can be published.")).toBeVisible();
	expect(await savedPlan(page)).toEqual(pasted);
	// Each of the ten rows hangs on the trigger as well.
	await expect(edgesOf(page)).toHaveCount(300);
	await page.keyboard.press("ControlOrMeta+f");
	await page.keyboard.type("Step 299");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("status").filter({ hasText: "1 of 1: Step 299" })).toBeAttached();
	await expect(step(page, "Step 299")).toBeInViewport();
});

test("steps are copied as text, and pasted into another workflow and from a chat", async ({ page }) => {
	await signInAsDemo(page);
	await page.getByRole("link", { name: "First light" }).first().click();
	await selectStep(page, "The cloth");
	await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
	await page.keyboard.press("ControlOrMeta+c");
	await expect(page.getByRole("status").filter({ hasText: "Copied 1 step." })).toBeAttached();
	const text = await page.evaluate(() => navigator.clipboard.readText());
	expect(text).toContain("name: The cloth");

	await page.getByRole("link", { name: "All workflows" }).click();
	await startEmpty(page);
	await page.keyboard.press("ControlOrMeta+v");
	await expect(step(page, "The cloth")).toBeVisible();
	await backToCanvas(page);
	await paste(page, `Try this:\n\`\`\`yaml\n${text}\`\`\`\n`);
	await expect(step(page, "The cloth 2")).toBeVisible();
	await backToCanvas(page);
	await paste(page, "See you tomorrow");
	await expect(page.getByText("The clipboard holds no steps")).toBeVisible();
});

/** A pasted step opens on its form: once out of the field, and once more out of the form. */
async function backToCanvas(page: Page): Promise<void> {
	await page.keyboard.press("Escape");
	await page.keyboard.press("Escape");
}
