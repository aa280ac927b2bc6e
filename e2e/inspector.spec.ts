import { expect, type Page } from "@playwright/test";
import { savedPlan, startEmpty } from "./mouse";
import { test } from "./test";
import { backToEditor, importWorkflow, openStep, signInAsDemo, step, stepPanel, testDraft } from "./weft";

const palette = (page: Page) => page.getByRole("navigation", { name: "Steps" });

async function openShop(page: Page): Promise<void> {
	await signInAsDemo(page);
	await importWorkflow(page, "shop.workflow.yml");
	await expect(step(page, "Build")).toBeVisible({ timeout: 30_000 });
	await expect(page.getByRole("banner").getByRole("button", { name: /^Test/ })).toBeEnabled();
}

test("the key that runs is heard in a code field, and leaves the text alone", async ({ page }) => {
	await openShop(page);
	const build = await openStep(page, "Build");
	const command = build.getByRole("textbox", { name: "Command" });
	await command.click();
	const before = await savedPlan(page);
	await page.keyboard.press("ControlOrMeta+Enter");
	await expect(page.getByRole("dialog").getByRole("textbox", { name: "Version" })).toBeVisible();
	await page.keyboard.press("Escape");
	expect(await savedPlan(page)).toEqual(before);
});

test("a new step opens on its form, whatever was looked at, and Escape leaves the next letters to nobody", async ({
	page,
}) => {
	await openShop(page);
	await openStep(page, "Build", "Try");
	await palette(page).getByRole("button", { name: "HTTP request" }).click();
	const address = stepPanel(page).getByRole("textbox", { name: "Address" });
	await expect(address).toBeFocused();
	await page.keyboard.type("https://acme.dev");
	await page.keyboard.press("Escape");
	await page.keyboard.type("dd");
	await page.keyboard.press("Delete");
	await expect(address).toHaveValue("https://acme.dev");
	await expect(step(page, "HTTP request")).toBeVisible();
	await expect(stepPanel(page).getByText("Disabled: runs skip it.")).toHaveCount(0);
	await page.keyboard.press("Escape");
	await expect(step(page, "HTTP request")).toBeFocused();
	await page.keyboard.press("ControlOrMeta+c");
	await page.keyboard.press("ControlOrMeta+v");
	await expect(step(page, "HTTP request 2")).toBeVisible();
	await expect(stepPanel(page).getByRole("textbox", { name: "Id of the step" })).toHaveValue("http_request_2");
});

test("steps are found by everyday words, in the palette and in the list at the cursor", async ({ page }) => {
	await signInAsDemo(page);
	await startEmpty(page);
	await palette(page).getByRole("searchbox", { name: "Find a step" }).fill("if");
	await expect(palette(page).getByRole("button").nth(1)).toHaveText("Condition");
	await page.getByRole("button", { name: "Add the first step" }).click();
	await page.keyboard.type("curl");
	await expect(page.getByRole("option").first()).toContainText("HTTP request");
	await page.keyboard.press("Enter");
	await expect(stepPanel(page).getByRole("textbox", { name: "Address" })).toBeFocused();
});

test("an id follows the name until it is edited, and the focus stays on the step", async ({ page }) => {
	await openShop(page);
	await palette(page).getByRole("button", { name: "Shell" }).click();
	await expect(stepPanel(page).getByRole("textbox", { name: "Command" })).toBeFocused();
	await page.keyboard.press("Escape");
	await page.keyboard.press("Escape");
	await expect(step(page, "Shell")).toBeFocused();
	await page.keyboard.press("F2");
	await expect(page.getByLabel("Name of the step")).toBeFocused();
	await page.keyboard.type("Dump database");
	await page.keyboard.press("Enter");
	await expect(step(page, "Dump database")).toBeFocused();
	const id = stepPanel(page).getByRole("textbox", { name: "Id of the step" });
	await expect(id).toHaveValue("dump_database");
	await id.fill("db");
	await page.getByLabel("Name of the step").fill("Fetch users");
	await page.getByLabel("Name of the step").press("Enter");
	await expect(step(page, "Fetch users")).toBeFocused();
	await expect(id).toHaveValue("db");
});

test("a step becomes one of another type under its id and name, in one edit", async ({ page }) => {
	await openShop(page);
	const panel = await openStep(page, "Shape");
	await panel.getByRole("button", { name: "More", exact: true }).click();
	await page.getByRole("menuitem", { name: "Replace with another type" }).click();
	await expect(page.getByRole("dialog", { name: "Replace Shape with" }).getByRole("combobox")).toBeFocused();
	await page.keyboard.type("pandas");
	await expect(page.getByRole("option").first()).toContainText("Python");
	await page.keyboard.press("Enter");
	await expect(step(page, "Shape", "Python")).toBeVisible();
	await expect(panel.getByRole("textbox", { name: "Id of the step" })).toHaveValue("shape");
	await expect(panel.getByRole("textbox", { name: "Code" })).toBeFocused();
	const { nodes, edges } = await savedPlan(page);
	expect(nodes.find(({ id }) => id === "shape")).toMatchObject({
		type: "python",
		config: { input: { passed: "{{ steps.build.output.passed }}" } },
	});
	expect(edges).toContainEqual({ from: "shape", port: "out", to: "enough" });
	await page.keyboard.press("ControlOrMeta+z");
	await expect(step(page, "Shape", "Transform")).toBeVisible();
});

test("a code field opens to full size, with completion, and closing keeps what was written", async ({ page }) => {
	await openShop(page);
	const report = await openStep(page, "Report");
	await report.getByRole("textbox", { name: "Prompt", exact: true }).hover();
	await report.getByRole("button", { name: "Open Prompt in full size" }).click();
	const large = page.getByRole("dialog", { name: "Prompt", exact: true });
	await expect(large.getByRole("textbox", { name: "Prompt", exact: true })).toBeFocused();
	await page.keyboard.press("ControlOrMeta+End");
	await page.keyboard.type(" of {{shap");
	await expect(page.getByRole("option").first()).toContainText("steps.shape.output");
	await page.keyboard.press("Enter");
	await page.keyboard.type(" and {{vers");
	await expect(page.getByRole("option").first()).toContainText("inputs.version");
	await page.keyboard.press("Escape");
	await expect(page.getByRole("option")).toHaveCount(0);
	await page.keyboard.press("Escape");
	await expect(large).toHaveCount(0);
	await expect(report.getByRole("textbox", { name: "Prompt", exact: true })).toContainText(
		"of steps.shape.output and {{vers",
	);
});

test("a condition is built from fields, and each value stands under its field after a test", async ({ page }) => {
	await openShop(page);
	const enough = await openStep(page, "Enough\\?");
	await enough.getByRole("button", { name: "Build from fields" }).click();
	await expect(enough.getByRole("textbox", { name: "Rule 1, value" })).toHaveValue("{{ steps.shape.output.half }}");
	await enough.getByRole("combobox", { name: "Rule 1, comparison" }).click();
	await page.getByRole("option", { name: "is at least" }).click();
	await enough.getByRole("textbox", { name: "Rule 1, compare with" }).fill("209");
	await testDraft(page);
	await expect(page.getByRole("button", { name: /^Report, .*completed/ })).toBeVisible();
	await backToEditor(page);
	await openStep(page, "Enough\\?");
	await expect(enough.getByRole("button", { name: "In the last run: 209" })).toBeVisible();
	const report = await openStep(page, "Report");
	await expect(report.getByRole("button", { name: "In the last run: Tests passed 418" })).toBeVisible();
});

test("the address of a workflow is changed where its name is, and the old one leads to it", async ({ page }) => {
	await openShop(page);
	const old = page.url();
	await page.getByRole("button", { name: /^More about/ }).click();
	await page.getByRole("menuitem", { name: "Name, description, address" }).click();
	const address = `shop-${Date.now()}`;
	await page.getByRole("dialog").getByRole("textbox", { name: "Address" }).fill(address);
	await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
	await page.waitForURL((url) => url.pathname.endsWith(`/workflows/${address}`));
	await openStep(page, "Build");
	await stepPanel(page).getByLabel("Name of the step").fill("Make");
	await expect(page.getByText(/^Saved/)).toBeVisible();
	await page.goto(old);
	await page.waitForURL((url) => url.pathname.endsWith(`/workflows/${address}`));
	await expect(step(page, "Make")).toBeVisible();
});
