import { expect, type Page, test } from "@playwright/test";
import { expectSaved, writeComment } from "./drawing";
import { importWorkflow, runState, signUp, startRun, step } from "./weft";

test("a stranger finds a template, watches a run of it, and through the demo runs it green in a team", async ({
	page,
}) => {
	await page.goto("/templates");
	await page.getByRole("searchbox", { name: "Search templates" }).fill("invoice sums");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("listitem").filter({ hasText: "steps" })).toHaveCount(1);
	await page.getByRole("link", { name: "Read an invoice" }).click();

	await expect(page.getByRole("heading", { name: "Read an invoice" })).toBeVisible();
	await page.getByRole("button", { name: "Play a run of it" }).click();
	const player = page.getByRole("region", { name: "A run of it" });
	await expect(player.getByText("Completed")).toBeVisible();
	await player.getByRole("button", { name: "Close the run" }).click();
	await page.getByRole("link", { name: "YAML" }).click();
	await expect(page.getByText("slug: invoice-extraction")).toBeVisible();

	await page.getByRole("link", { name: "Use this template" }).first().click();
	await page.getByRole("button", { name: /Try it/ }).click();
	await expect(page.getByRole("heading", { name: "Use Read an invoice" })).toBeVisible({ timeout: 30_000 });
	await page.getByLabel("Name").fill("");
	await page.getByRole("button", { name: "Create the workflow" }).click();
	await expect(page.getByText("Enter a name.")).toBeVisible();
	await page.getByLabel("Name").fill("Invoices of the shop");
	await page.getByRole("button", { name: "Create the workflow" }).click();

	await page.waitForURL(/\/workflows\/invoices-of-the-shop/);
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 30_000 });
	await expect(step(page, "Prove the sums", "completed")).toBeVisible();
});

test("a member publishes a template, and a workflow made of it takes the next version beside its own change", async ({
	page,
}) => {
	await signUp(page, "Tessa Template");
	await importWorkflow(page, "shared.workflow.yml");
	await expectSaved(page);
	const source = page.url();
	await publishAsTemplate(page, "Shared cloth");
	await page.getByRole("link", { name: "Use this template" }).first().click();
	await page.getByLabel("Name").fill("Our copy");
	await page.getByRole("button", { name: "Create the workflow" }).click();
	await page.waitForURL(/\/workflows\/our-copy/);
	await writeComment(page, "Weave", "Weaving our own");

	await page.goto(source);
	await writeComment(page, "Weave", "Weaving anew");
	await page.getByRole("banner").getByRole("button", { name: "Publish" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Publish v2" }).click();
	await expect(page.getByRole("banner")).toContainText("v2 published");
	await publishAsTemplate(page, "Shared cloth");

	await page.goto(source.replace(/[^/]+$/, "our-copy"));
	await page.getByRole("link", { name: "A newer version exists" }).click();
	await expect(page.getByRole("heading", { name: "Shared cloth has version 2" })).toBeVisible();
	const merge = page.getByRole("complementary", { name: "Merge" });
	await expect(merge.getByRole("button", { name: "Save merged" })).toBeDisabled();
	await merge.getByRole("radio", { name: /Weaving anew/ }).click();
	await merge.getByRole("button", { name: "Save merged" }).click();
	await expect(step(page, "Weave")).toContainText("Weaving anew");
	await expect(page.getByRole("link", { name: "A newer version exists" })).toHaveCount(0);
});

async function publishAsTemplate(page: Page, workflow: string): Promise<void> {
	const { origin, pathname } = new URL(page.url());
	await page.goto(`${origin}/${pathname.split("/")[1]}/templates`);
	await page.getByRole("button", { name: "Publish a workflow" }).click();
	const dialog = page.getByRole("dialog", { name: "Publish a workflow as a template" });
	await dialog.getByRole("combobox", { name: "Workflow" }).click();
	await page.getByRole("option", { name: workflow, exact: true }).click();
	await dialog.getByRole("button", { name: "Publish" }).click();
	await expect(page.getByRole("heading", { name: workflow, exact: true })).toBeVisible();
}
