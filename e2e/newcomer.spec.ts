import { expect, type Page } from "@playwright/test";
import { test } from "./test";
import { createWorkflow, importWorkflow, runState, signInAsDemo, step } from "./weft";

// Long ways with several runs in them: a busy machine needs more than the usual minute.
test.slow();

test("a newcomer draws a first step, is told what it lacks, publishes, runs, changes it and knows what runs", async ({
	page,
}) => {
	await signInAsDemo(page);
	await createWorkflow(page);
	const bar = page.getByRole("banner");
	await expect(bar.getByRole("button", { name: "Publish" })).toBeDisabled();
	await expect(page.getByText("No steps yet. Problems will appear here.", { exact: false })).toBeVisible();
	await page.getByRole("button", { name: "Add the first step" }).click();
	await page.getByRole("option", { name: /^Shell/ }).click();
	const panel = page.getByRole("complementary", { name: "Step" });
	await expect(panel.getByText("Enter the command.")).toBeVisible();

	await page.getByRole("link", { name: "Runs" }).click();
	await expect(page.getByText("It cannot run yet: fix the problems first.")).toBeVisible();
	await bar.getByRole("button", { name: "1 problem" }).click();
	await expect(page.getByRole("tabpanel", { name: /Problems/ })).toContainText("Enter the command.");
	await fillCommand(page, "echo first");
	await expect(page.getByText("No problems. This draft can be published.")).toBeVisible();

	await bar.getByRole("button", { name: "More about Untitled workflow" }).click();
	await page.getByRole("menuitem", { name: "Name, description, address" }).click();
	await page.getByRole("dialog").getByLabel("Name").fill("My own");
	await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await expect(bar.getByRole("button", { name: "My own", exact: true })).toBeVisible();

	await bar.getByRole("button", { name: "Publish" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Publish v1" }).click();
	await expect(bar.getByText("v1 published")).toBeVisible();
	await fillCommand(page, "echo second");
	await expect(bar.getByText("changed since v1")).toBeVisible();
	await bar.getByRole("button", { name: "Run v1" }).click();
	await page.waitForURL(/\/runs\/1$/);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
	await step(page, "Shell").click();
	await expect(page.getByRole("region", { name: "Logs" })).toContainText("first");

	await bar.getByRole("link", { name: "My own" }).click();
	await bar.getByRole("button", { name: "Test" }).click();
	await page.waitForURL(/\/runs\/2$/);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
	await step(page, "Shell").click();
	await expect(page.getByRole("region", { name: "Logs" })).toContainText("second");
	await bar.getByRole("button", { name: "Test again" }).click();
	await page.waitForURL(/\/runs\/3$/);

	await page.getByRole("link", { name: "All workflows" }).click();
	await expect(page.getByRole("row", { name: /My own/ })).toBeVisible();
});

test("running again asks for the inputs, filled in as they were", async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "greeting.workflow.yml");
	const bar = page.getByRole("banner");
	await bar.getByRole("button", { name: "Run v1" }).click();
	const dialog = page.getByRole("dialog", { name: "Run Greeting" });
	await dialog.getByLabel("Whom to greet").fill("Ada");
	await dialog.getByRole("button", { name: /^Run/ }).click();
	await page.waitForURL(/\/runs\/1$/);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });

	await bar.getByRole("button", { name: "Run again" }).click();
	await expect(dialog.getByLabel("Whom to greet")).toHaveValue("Ada");
	await dialog.getByLabel("Whom to greet").fill("Grace");
	await dialog.getByRole("button", { name: /^Run/ }).click();
	await page.waitForURL(/\/runs\/2$/);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
	await step(page, "Greet").click();
	await expect(page.getByRole("region", { name: "Logs" })).toContainText("Hello Grace");
});

test("the theme is changed from the editor, and canvas and code follow at once", async ({ page }) => {
	await signInAsDemo(page);
	await page.getByRole("link", { name: "First light" }).first().click();
	await step(page, "Weave red").click();
	const code = page.getByRole("textbox", { name: "Command" });
	await expect(code).toBeVisible();
	const canvas = page.getByRole("region", { name: "Canvas of First light" });
	for (const [theme, ink] of THEMES) {
		await chooseTheme(page, theme);
		await expect(canvas).toHaveCSS("color", ink);
		await expect(code).toHaveCSS("color", ink);
	}
});

const THEMES = [
	["Dark", "rgb(236, 234, 230)"],
	["Light", "rgb(31, 29, 26)"],
] as const;

async function chooseTheme(page: Page, theme: string): Promise<void> {
	await page.getByRole("banner").getByRole("button", { name: "More about First light" }).click();
	await page.getByRole("menuitemradio", { name: theme }).click();
}

async function fillCommand(page: Page, text: string): Promise<void> {
	await page.getByRole("complementary", { name: "Step" }).getByRole("textbox", { name: "Command" }).fill(text);
}
