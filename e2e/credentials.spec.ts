import { expect } from "@playwright/test";
import { expectSaved } from "./drawing";
import { test } from "./test";
import { importWorkflow, openStep, signInAsDemo, step, stepPanel, testDraft } from "./weft";

const TOKEN = "tok-5f2a9c1e7b3d4f60aaQZ";

test("a token is added where it is wanted, used by a run that hides it, and missed when it is removed", async ({
	page,
}) => {
	await signInAsDemo(page);
	await importWorkflow(page, "call-home.workflow.yml");
	await expect(step(page, "Say")).toBeVisible({ timeout: 30_000 });
	await expect(page.getByText(/The team has no credential E2E_TOKEN/).first()).toBeVisible();

	const call = await openStep(page, "Call");
	await call.getByRole("button", { name: "Choose a credential" }).click();
	await page.getByRole("menuitem", { name: "Add a credential" }).click();
	const dialog = page.getByRole("dialog", { name: "Add a credential" });
	await dialog.getByRole("textbox", { name: "Name" }).fill("E2E_TOKEN");
	await dialog.getByRole("textbox", { name: "Token" }).fill(TOKEN);
	await dialog.getByRole("button", { name: "Add", exact: true }).click();
	await expect(dialog).toBeHidden();
	await expect(call.getByRole("button", { name: "E2E_TOKEN" })).toBeVisible();
	await expect(call.getByRole("textbox", { name: /Password, token or key/ })).toHaveValue("{{ secrets.E2E_TOKEN }}");
	await expect(page.getByText(/The team has no credential/)).toHaveCount(0);
	await expectSaved(page);

	await testDraft(page);
	await step(page, "Say").click();
	await expect(stepPanel(page).getByText(`the key ••• has ${TOKEN.length} characters`).first()).toBeVisible();
	await expect(page.getByText(TOKEN)).toHaveCount(0);

	await page.goto("/demo/settings/credentials");
	const row = page.getByRole("row", { name: /E2E_TOKEN/ });
	await expect(row).toContainText("…aaQZ");
	await expect(row).toContainText("1 workflow");
	await row.getByRole("button", { name: "More about E2E_TOKEN" }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	const confirm = page.getByRole("alertdialog", { name: "Remove E2E_TOKEN?" });
	await expect(confirm).toContainText("This workflow reads it and will fail at that step");
	await expect(confirm.getByRole("link", { name: "Call home" })).toBeVisible();
	await confirm.getByRole("button", { name: "Remove credential" }).click();
	await expect(row).toHaveCount(0);
});

test("a command gets a credential that is added beside its environment, and its run hides it", async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "tell-token.workflow.yml");
	const tell = await openStep(page, "Tell");
	await tell.getByRole("button", { name: "Use a credential" }).click();
	await page.getByRole("menuitem", { name: "Add a credential" }).click();
	const dialog = page.getByRole("dialog", { name: "Add a credential" });
	await dialog.getByRole("textbox", { name: "Name" }).fill("DEPLOY_TOKEN");
	await dialog.getByRole("textbox", { name: "Token" }).fill("short");
	await expect(dialog.getByText(/fewer than 8 characters are not hidden/)).toBeVisible();
	await dialog.getByRole("textbox", { name: "Token" }).fill(TOKEN);
	await dialog.getByRole("textbox", { name: "Test it at" }).fill("http://10.0.0.1/");
	await dialog.getByRole("button", { name: "Test", exact: true }).click();
	await expect(dialog.getByText(/10\.0\.0\.1 is not a public address/)).toBeVisible();
	await dialog.getByRole("button", { name: "Add", exact: true }).click();
	await expect(dialog).toBeHidden();
	await expect(tell.getByRole("textbox", { name: "Value of DEPLOY_TOKEN" })).toHaveValue("{{ secrets.DEPLOY_TOKEN }}");
	await expectSaved(page);

	await testDraft(page);
	await step(page, "Tell").click();
	await expect(stepPanel(page).getByText("the token is •••").first()).toBeVisible();
	await expect(page.getByText(TOKEN)).toHaveCount(0);
});
