import { expect } from "@playwright/test";
import { test } from "./test";
import { chooseCommand, importWorkflow, openStep, runState, signInAsDemo, step, stepPanel } from "./weft";

test("a step runs another workflow that is chosen with its form, and both end when the first is cancelled", async ({
	page,
}) => {
	await signInAsDemo(page);
	await importWorkflow(page, "calls.workflow.yml");
	const form = await openStep(page, "Release");
	await form.getByRole("button", { name: "Choose a workflow" }).click();
	await page.getByRole("menuitemradio", { name: "Release checklist" }).click();
	await expect(form.getByRole("textbox", { name: "Workflow" })).toHaveValue("release-checklist");
	await form.getByRole("button", { name: "Version, required" }).click();
	await expect(form.getByRole("textbox", { name: "version" })).toHaveValue("1.4.0");
	await form.getByRole("textbox", { name: "version" }).fill("7.0.1");

	await chooseCommand(page, "Test the draft");
	await expect(step(page, "Release", "run \\d+ of Release checklist")).toBeVisible();
	const caller = page.url();
	await step(page, "Release").click();
	await stepPanel(page)
		.getByRole("link", { name: /^Release checklist \/ \d+$/ })
		.click();
	await expect(runState(page, "Waiting")).toBeVisible();
	await expect(page.getByText("By another workflow")).toBeVisible();
	await page.getByRole("button", { name: "Show the run" }).click();
	const way = page.getByRole("link", { name: /^Calls \/ 1$/ });
	await expect(way).toBeVisible();
	await expect(page.getByText("7.0.1").first()).toBeVisible();
	const called = page.url();

	await way.click();
	await page.waitForURL(`${caller.replace(/\?.*/, "")}*`);
	await page.getByRole("button", { name: "Cancel", exact: true }).click();
	await page
		.getByRole("alertdialog")
		.getByRole("button", { name: /^Cancel (the )?run/ })
		.click();
	await expect(runState(page, "Cancelled")).toBeVisible();
	await page.goto(called);
	await expect(runState(page, "Cancelled")).toBeVisible();
});
