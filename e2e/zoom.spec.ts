import { expect, type Locator, type Page } from "@playwright/test";
import { selectStep } from "./drawing";
import { test } from "./test";
import { chooseCommand, importWorkflow, signInAsDemo, startRun, step, stepPanel } from "./weft";

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

const canvasOf = (page: Page) => page.getByRole("main").getByRole("region", { name: /^Canvas of / });
const paletteOf = (page: Page) => page.getByRole("complementary", { name: "Steps to add" });
const settingsOf = (page: Page) => page.getByRole("complementary", { name: /^(Workflow|Step|Steps)$/ });

for (const [what, width, height] of [
	["1024 px", 1024, 768],
	["200 % zoom", 720, 450],
] as const) {
	test.describe(`at ${what}`, () => {
		test.use({ viewport: { width, height } });

		test("the editor's parts stand side by side and the canvas keeps half of the width", async ({ page }) => {
			await signInAsDemo(page);
			await expectNothingCut(page);
			await importWorkflow(page, "errand.workflow.yml");
			await expect(settingsOf(page)).toBeVisible();
			await expectSideBySide(page, [page.getByRole("banner"), canvasOf(page), settingsOf(page)]);
			await selectStep(page, "Carry");
			await stepPanel(page).getByRole("tab", { name: "Try" }).click();
			await expectSideBySide(page, [page.getByRole("banner"), canvasOf(page), settingsOf(page)]);
			await expectBarInOrder(page);
			await expectWithin(step(page, "Carry"), canvasOf(page));

			await page.keyboard.press("Escape");
			await page.keyboard.press("ControlOrMeta+b");
			await page.keyboard.press("ControlOrMeta+b");
			await expectSideBySide(page, [page.getByRole("banner"), canvasOf(page)]);
		});

		test("a run's parts stand side by side as well", async ({ page }) => {
			await signInAsDemo(page);
			await page.getByRole("link", { name: "First light" }).first().click();
			await startRun(page);
			await expect(page.getByRole("banner").getByText("Completed")).toBeVisible();
			const parts = [
				page.getByRole("banner"),
				canvasOf(page),
				page.getByRole("complementary", { name: "Step" }),
				page.getByRole("region", { name: "Details of the run" }),
			];
			await expectSideBySide(page, parts);
			await expectBarInOrder(page);
		});
	});
}

test("the panels share what a narrow screen leaves: where both have no room, one is shown at a time", async ({
	page,
}) => {
	await page.setViewportSize({ width: 1024, height: 768 });
	await signInAsDemo(page);
	await importWorkflow(page, "errand.workflow.yml");
	await expect(paletteOf(page)).toBeVisible();
	await expectSideBySide(page, [paletteOf(page), canvasOf(page), settingsOf(page)]);

	await page.setViewportSize({ width: 720, height: 450 });
	await expect(paletteOf(page)).toHaveCount(0);
	await page.getByRole("button", { name: "Show the steps to add" }).click();
	await expect(paletteOf(page)).toBeVisible();
	await expect(settingsOf(page)).toHaveCount(0);
	await expectSideBySide(page, [paletteOf(page), canvasOf(page)]);

	await page.setViewportSize({ width: 1440, height: 900 });
	await expect(paletteOf(page)).toBeVisible();
	await expect(settingsOf(page)).toBeVisible();
});

test("what stands in the middle of the canvas stays there when panels open and close", async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "errand.workflow.yml");
	await expect(settingsOf(page)).toBeVisible();
	const before = await fromMiddle(page, "Carry");
	for (const command of ["Hide the settings", "Hide the steps to add", "Hide the panel below"]) {
		await chooseCommand(page, command);
		await expect.poll(() => fromMiddle(page, "Carry")).toEqual(before);
	}
	await chooseCommand(page, "Show the settings");
	await expect(settingsOf(page)).toBeVisible();
	await expect.poll(() => fromMiddle(page, "Carry")).toEqual(before);
});

/** How far a step stands from the middle of the canvas, in pixels of the screen. */
async function fromMiddle(page: Page, name: string): Promise<{ x: number; y: number }> {
	const [canvas, node] = [await boxOf(canvasOf(page)), await boxOf(step(page, name))];
	return {
		x: Math.round(node.x - canvas.x - canvas.width / 2),
		y: Math.round(node.y - canvas.y - canvas.height / 2),
	};
}

async function expectSideBySide(page: Page, parts: readonly Locator[]): Promise<void> {
	const { width } = page.viewportSize() ?? { width: 0 };
	await expect.poll(async () => overlapping(await Promise.all(parts.map(boxOf)))).toEqual([]);
	expect((await boxOf(canvasOf(page))).width).toBeGreaterThanOrEqual(Math.floor(width / 2));
	await expectNothingCut(page);
}

async function expectNothingCut(page: Page): Promise<void> {
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
}

/** What stands in the top bar comes one after the other, within the screen. */
async function expectBarInOrder(page: Page): Promise<void> {
	const { width } = page.viewportSize() ?? { width: 0 };
	const banner = page.getByRole("banner");
	const buttons = banner.getByRole("link").or(banner.getByRole("button")).filter({ visible: true });
	const boxes = await Promise.all((await buttons.all()).map(boxOf));
	expect(overlapping(boxes)).toEqual([]);
	expect(boxes.filter((box) => box.x < 0 || box.x + box.width > width)).toEqual([]);
}

async function expectWithin(inner: Locator, outer: Locator): Promise<void> {
	await expect
		.poll(async () => {
			const [a, b] = [await boxOf(inner), await boxOf(outer)];
			return a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
		})
		.toBe(true);
}

function overlapping(boxes: readonly Box[]): Box[][] {
	return boxes.flatMap((a, at) => boxes.slice(at + 1).flatMap((b) => (overlaps(a, b) ? [[a, b]] : [])));
}

function overlaps(a: Box, b: Box): boolean {
	const slack = 0.6;
	return (
		a.x + a.width > b.x + slack &&
		b.x + b.width > a.x + slack &&
		a.y + a.height > b.y + slack &&
		b.y + b.height > a.y + slack
	);
}

async function boxOf(part: Locator): Promise<Box> {
	const box = await part.boundingBox();
	if (!box) throw new Error(`${part} is not on the screen.`);
	return box;
}
