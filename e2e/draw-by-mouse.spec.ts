import { expect, type Locator, type Page } from "@playwright/test";
import { hashPlan } from "@/server/plan/hash-plan";
import { connectionsOf, Mouse, middleOf, savedPlan, startEmpty } from "./mouse";
import { test } from "./test";
import { importWorkflow, runState, signInAsDemo, startRun, step } from "./weft";

test.setTimeout(120_000);
// A large screen, so that all of it stays in sight.
test.use({ viewport: { width: 2200, height: 1200 } });

const DRAWN = [
	"Comment > For each",
	"Condition.false > Comment",
	"Condition.true > For each",
	"Shell > Transform",
	"Transform > Condition",
];

/** Six steps with a branch and a loop over a list, each added in another way. */
async function drawSix(page: Page): Promise<void> {
	const mouse = new Mouse(page);
	const picker = page.getByRole("dialog", { name: "Add a step" });

	// From the palette onto the empty canvas.
	await mouse.drag(await middleOf(mouse.item("Shell")), { x: 560, y: 300 });
	await expect(settingsOf(page, "Command")).toBeFocused();

	// Clicked in the palette: behind the selected step.
	await mouse.item("Condition").click();
	await expect(settingsOf(page, "Rule 1, value")).toBeFocused();

	// From the palette onto an edge: in between.
	await mouse.hold(await middleOf(mouse.item("Transform")), await mouse.edgeFrom("Shell"));
	await expect(page.getByText("drop to insert")).toBeVisible();
	await page.mouse.up();
	await expect(settingsOf(page, "Code")).toBeFocused();
	await mouse.expectBehind("Condition", "Transform");

	// From an exit into the empty canvas: the list of steps opens there.
	const yes = await mouse.exit("Condition", "true");
	await mouse.drag(yes, { x: yes.x + 60, y: yes.y + 160 });
	await picker.getByRole("option", { name: /^For each/ }).click();
	await expect(settingsOf(page, "Items")).toBeFocused();

	// At the + of an edge: in between.
	await mouse.plus(await mouse.edgeFrom("Condition", "true"));
	await picker.getByRole("option", { name: /^Comment/ }).click();
	await expect(settingsOf(page, "Comment")).toBeFocused();
	await mouse.expectBehind("For each", "Comment");

	// The end of an edge taken elsewhere, and one drawn from handle to handle.
	await mouse.drag(await mouse.endOf("Comment"), await mouse.entry("For each"));
	await mouse.drag(await mouse.exit("Condition", "false"), await mouse.entry("Comment"));

	// From the palette into the container.
	await mouse.drag(
		await middleOf(mouse.item("Python")),
		await middleOf(page.getByText("Add a step, or drop one here")),
	);
	await expect(step(page, "Python")).toBeVisible();
}

function settingsOf(page: Page, field: string): Locator {
	return page.getByRole("complementary", { name: "Step" }).getByRole("textbox", { name: field, exact: true });
}

/** Writes into a field of the step's settings. */
async function fillIn(page: Page, name: string, [field, text]: [string, string]): Promise<void> {
	await step(page, name).click();
	await settingsOf(page, field).fill(text);
}

test("a workflow with a branch and a loop over a list is drawn with the mouse, corrected, published and run", async ({
	page,
}) => {
	await signInAsDemo(page);
	await startEmpty(page);
	await drawSix(page);
	expect(connectionsOf(await savedPlan(page))).toEqual(DRAWN);

	await fillIn(page, "Shell", ["Command", "echo north south"]);
	await fillIn(page, "Transform", ["Code", 'return ["north", "south"];']);
	await step(page, "Condition").click();
	await page.getByRole("button", { name: "Write as expression" }).click();
	await fillIn(page, "Condition", ["When", "size(steps.transform.output) == 2"]);
	await fillIn(page, "Comment", ["Comment", "Nothing to do."]);
	await fillIn(page, "Python", ["Code", 'print("hello")']);
	await fillIn(page, "For each", ["Items", "{{ steps.transfrom.output }}"]);

	// The mistake is seen on the step, in the list and on its field, and corrected from there.
	await expect(page.getByRole("banner").getByRole("button", { name: "1 problem" })).toBeVisible();
	await expect(step(page, "For each", "1 error")).toBeVisible();
	await step(page, "Shell").click();
	const row = page.getByRole("tabpanel", { name: /^Problems/ }).getByRole("listitem");
	await row.getByRole("button", { name: /For each.*Items/ }).click();
	await expect(settingsOf(page, "Items")).toBeFocused();
	await expect(settingsOf(page, "Items")).toHaveAttribute("aria-invalid", "true");
	await row.getByRole("button", { name: "Change to" }).click();
	await expect(settingsOf(page, "Items")).toHaveText("steps.transform.output");
	await expect(page.getByText("No problems. This draft can be published.")).toBeVisible();

	await page.getByRole("banner").getByRole("button", { name: "Publish" }).click();
	const dialog = page.getByRole("dialog", { name: /^Publish/ });
	await dialog.getByRole("textbox", { name: "What changed" }).fill("Drawn by hand");
	await dialog.getByRole("button", { name: /^Publish v1/ }).click();
	await expect(page.getByRole("banner").getByText("v1 published")).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
});

test("a connection held over its own step is refused, and says why", async ({ page }) => {
	await signInAsDemo(page);
	await startEmpty(page);
	const mouse = new Mouse(page);
	await mouse.drag(await middleOf(mouse.item("Shell")), { x: 560, y: 300 });
	await expect(settingsOf(page, "Command")).toBeFocused();
	await mouse.hold(await mouse.exit("Shell"), await middleOf(mouse.box("Shell")));
	await expect(page.getByText("A step cannot follow itself")).toBeVisible();
	await page.mouse.up();
	expect(connectionsOf(await savedPlan(page))).toEqual([]);
});

test("everything drawn is undone back to the empty canvas and redone to the same plan", async ({ page }) => {
	await signInAsDemo(page);
	await startEmpty(page);
	const empty = await savedPlan(page);
	await drawSix(page);
	await fillIn(page, "Shell", ["Command", "echo north south"]);
	await step(page, "Comment").click();
	await page.keyboard.press("d");
	const drawn = await savedPlan(page);

	await pressAll(page, /^Undo/);
	await expect(page.getByRole("button", { name: "Add the first step" })).toBeVisible();
	expect(await savedPlan(page)).toEqual(empty);

	await pressAll(page, /^Redo/);
	await expect(step(page, "Comment", "disabled")).toBeVisible();
	const redone = await savedPlan(page);
	expect(redone).toEqual(drawn);
	expect(hashPlan(redone)).toBe(hashPlan(drawn));
});

test("a connection that cannot be is refused while it is dragged, with the reason", async ({ page }) => {
	const mouse = await openDrawing(page);
	const before = await savedPlan(page);
	const refuse = async (from: [string, string?], to: string, reason: string) => {
		await mouse.hold(await mouse.exit(...from), await mouse.entry(to));
		await expect(page.getByText(reason, { exact: true })).toBeVisible();
		await page.mouse.up();
		await expect(page.getByRole("status").filter({ hasText: reason })).toBeAttached();
	};
	await refuse(["For each region"], "List regions", "This would create a cycle");
	await refuse(["Any regions", "true"], "For each region", "These two are already connected");
	await refuse(["List regions"], "Deploy", "Goes into “For each region”");
	await refuse(["Deploy"], "Nothing to do", "Goes out of “For each region”");
	await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
	expect(await savedPlan(page)).toEqual(before);

	// An edge that is selected can be taken at its start too, and removed.
	const start = await mouse.edgeFrom("Any regions", "false");
	await page.mouse.click(start.x, start.y);
	await mouse.drag({ x: start.x - 10, y: start.y }, await mouse.exit("List regions"));
	await expect(page.getByRole("status").filter({ hasText: "List regions now leads to Nothing to do." })).toBeAttached();
	await page.getByRole("toolbar", { name: "Selected connections" }).getByRole("button", { name: "Remove" }).click();
	expect(connectionsOf(await savedPlan(page))).toEqual(
		connectionsOf(before).filter((edge) => !edge.endsWith("Nothing to do")),
	);
});

test("a step is dragged into a container, whose frame grows around it, and out again", async ({ page }) => {
	const mouse = await openDrawing(page);
	const frame = mouse.box("For each region");
	const narrow = await widthOf(frame);
	const home = await mouse.leftOf("Report");

	await mouse.drag(home, await mouse.rightIn("For each region"));
	await expect(page.getByRole("status").filter({ hasText: "Report now stands in For each region." })).toBeAttached();
	await expect.poll(() => widthOf(frame)).toBeGreaterThan(narrow + 100);
	const inside = await savedPlan(page);
	expect(inside.nodes.find(({ name }) => name === "Report")?.parent).toBe("each");
	expect(connectionsOf(inside)).not.toContain("For each region > Report");

	await mouse.drag(await mouse.leftOf("Report"), home);
	await expect(page.getByRole("status").filter({ hasText: "Report now stands outside." })).toBeAttached();
	expect((await savedPlan(page)).nodes.find(({ name }) => name === "Report")?.parent).toBeUndefined();
});

test("Escape in the middle of a drag leaves everything as it was", async ({ page }) => {
	const mouse = await openDrawing(page);
	const before = await savedPlan(page);
	const home = await mouse.leftOf("Report");
	const away = { x: home.x, y: home.y + 160 };
	const starts = [await middleOf(mouse.item("Transform")), home, await mouse.exit("Report")];
	for (const from of starts) {
		await mouse.hold(from, away);
		await page.keyboard.press("Escape");
		await page.mouse.up();
		await expect(page.getByRole("dialog")).toHaveCount(0);
	}
	expect(await mouse.leftOf("Report")).toEqual(home);
	await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
	expect(await savedPlan(page)).toEqual(before);
});

test("the right button opens what can be done with what is under it", async ({ page }) => {
	const mouse = await openDrawing(page);
	const home = await mouse.leftOf("Report");
	const choose = async (at: { x: number; y: number }, item: string) => {
		await page.mouse.click(at.x, at.y, { button: "right" });
		await page.getByRole("menuitem", { name: item }).click();
	};
	await choose(home, "Rename the step");
	await page.keyboard.type("Tell");
	await page.keyboard.press("Enter");
	await expect(step(page, "Tell")).toBeVisible();

	await choose({ x: home.x, y: home.y + 200 }, "Add a step");
	await page.getByRole("option", { name: "HTTP request" }).click();
	// Whoever points goes on with what the new step lacks.
	await expect(page.getByRole("textbox", { name: "Address" })).toBeFocused();
	await page.keyboard.type("https://example.com");
	await expect.poll(async () => (await mouse.leftOf("HTTP request")).x).toBeCloseTo(home.x, -2);

	// What is done with a step is not done with the workflow, whose actions have the same names.
	await choose(await mouse.leftOf("HTTP request"), "Duplicate");
	await page.getByRole("button", { name: "Undo: Duplicate" }).click();
	await choose(await mouse.leftOf("HTTP request"), "Try this step");
	await expect(page.getByRole("tab", { name: "Try" })).toHaveAttribute("aria-selected", "true");

	await choose(await mouse.leftOf("HTTP request"), "Remove");
	await expect(step(page, "HTTP request")).toHaveCount(0);
});

test("whoever looks at a run and comes back can still undo, and sees the same place", async ({ page }) => {
	const mouse = await openDrawing(page);
	const before = await savedPlan(page);
	const home = await mouse.leftOf("Report");
	await mouse.drag(home, { x: home.x + 40, y: home.y + 120 });
	const dropped = await mouse.leftOf("Report");
	await page.mouse.wheel(0, 60);
	await expect.poll(async () => (await mouse.leftOf("Report")).y).toBeLessThan(dropped.y);
	const moved = await mouse.leftOf("Report");
	await startRun(page);
	await page.goBack();
	await expect(page.getByRole("button", { name: "Undo: Move" })).toBeEnabled();
	expect(await mouse.leftOf("Report")).toEqual(moved);
	await page.getByRole("button", { name: "Undo: Move" }).click();
	expect(await savedPlan(page)).toEqual(before);
});

/** A workflow with a branch and a for-each, all of it in sight. */
async function openDrawing(page: Page): Promise<Mouse> {
	await signInAsDemo(page);
	await importWorkflow(page, "branch-and-loop.workflow.yml");
	await expect(step(page, "List regions")).toBeVisible();
	await expect(page.getByText("100 %")).toBeVisible();
	// What the right button opens comes with what is beside the canvas.
	await expect(page.getByText("Select a step to edit it.")).toBeVisible();
	return new Mouse(page);
}

async function widthOf(place: Locator): Promise<number> {
	return (await place.boundingBox())?.width ?? 0;
}

async function pressAll(page: Page, name: RegExp): Promise<void> {
	const button = page.getByRole("banner").getByRole("button", { name });
	while (await button.isEnabled()) await button.click();
}
