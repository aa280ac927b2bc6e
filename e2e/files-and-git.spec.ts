import { expect } from "@playwright/test";
import { test } from "./test";
import {
	backToEditor,
	importWorkflow,
	openStep,
	runButton,
	runState,
	signInAsDemo,
	startRun,
	step,
	stepPanel,
} from "./weft";

test("a file is written, committed and found, and the form of Git asks for what its action needs", async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "keeps-notes.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	await step(page, "Keep").click();
	await expect(stepPanel(page).getByRole("region", { name: "Log lines" })).toContainText("Committed 1 file as");

	await backToEditor(page);
	const keep = await openStep(page, "Keep");
	await expect(keep.getByRole("textbox", { name: "Message" })).toContainText("Note the weather");
	await keep.getByRole("combobox", { name: "Action" }).click();
	await page.getByRole("option", { name: "Push" }).click();
	await expect(keep.getByRole("textbox", { name: "Repository" })).toBeVisible();
	await keep.getByRole("radiogroup", { name: "Sign in with" }).getByRole("radio", { name: /^ssh/i }).click();
	await expect(keep.getByRole("textbox", { name: "Known hosts" })).toBeVisible();
	await expect(keep.getByRole("textbox", { name: "Token" })).toHaveCount(0);
});
