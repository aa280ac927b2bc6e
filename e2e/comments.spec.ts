import { expect, type Page } from "@playwright/test";
import { inviteTeammate } from "./teammates";
import { test } from "./test";
import { importWorkflow, runState, signInAsDemo, startRun, step, stepPanel } from "./weft";

test("three people talk about a step: one mentions another, who answers, and a reader sees it all live", async ({
	page,
	browser,
}) => {
	const mara = await (await (await inviteTeammate(browser, "Mara Novak")).open()).newPage();
	const reader = await (await (await inviteTeammate(browser, "Rea Dahl", "viewer")).open()).newPage();
	await signInAsDemo(page);
	await importWorkflow(page, "shared.workflow.yml");
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
	await step(page, "Greet").click();
	await expect(comments(page)).toHaveCount(1);
	await expect(comments(page)).toContainText("The workflow");
	for (const other of [mara, reader]) {
		await other.goto(page.url());
		await expect(comments(other)).toHaveCount(1);
	}

	const elsewhere = await mara.context().newPage();
	await elsewhere.goto("/demo/workflows");
	await expect(elsewhere.getByRole("link", { name: "Inbox", exact: true })).toBeVisible();
	const field = page.getByLabel("Comment on this step");
	await field.pressSequentially("Why so early, @mar");
	await expect(page.getByRole("option", { name: "Mara Novak" })).toBeVisible();
	await field.press("Enter");
	await field.pressSequentially("and **really**?");
	await page.reload();
	await expect(field).toHaveValue("Why so early, @Mara Novak and **really**?");
	await field.press("ControlOrMeta+Enter");
	for (const person of [page, mara, reader]) {
		await expect(comments(person)).toHaveCount(2);
		await expect(comments(person).last()).toContainText("Why so early, @Mara Novak and really?");
		await expect(comments(person).last().locator("strong")).toHaveText("really");
	}
	await expect(step(page, "Greet", "2 comments")).toBeVisible();

	await elsewhere.getByRole("link", { name: "Inbox 1 unread" }).click();
	await elsewhere.getByRole("link", { name: /Demo user mentioned you in run \d+ of/ }).click();
	await expect(elsewhere).toHaveURL(/\/runs\/\d+.*#comment-/);
	await expect(comments(elsewhere).last()).toContainText("Why so early, @Mara Novak and really?");
	await expect(comments(elsewhere).last()).toBeInViewport();
	await expect(mara.getByRole("button", { name: "Inbox", exact: true })).toBeVisible();
	await elsewhere.close();

	await mara.getByLabel("Comment on this step").fill("The birds sing.");
	await mara.getByRole("button", { name: "Comment", exact: true }).click();
	for (const person of [page, reader]) await expect(comments(person).last()).toContainText("The birds sing.");
	await expect(comments(reader).getByRole("button", { name: "Delete comment" })).toHaveCount(0);

	await mara.getByRole("button", { name: "Resolve discussion" }).click();
	for (const person of [page, reader]) await expect(stepPanel(person)).toContainText("3, resolved");
	await comments(page).last().getByRole("button", { name: "Delete comment" }).click();
	await page.getByRole("alertdialog").getByRole("button", { name: "Delete comment" }).click();
	for (const person of [mara, reader]) await expect(comments(person)).toHaveCount(2);
	await mara.context().close();
	await reader.context().close();
});

test("on a phone a run is talked about on its own page, and nothing that is too long is lost", async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await signInAsDemo(page);
	await importWorkflow(page, "shared.workflow.yml");
	await startRun(page);
	await page.getByRole("tab", { name: "Discussion" }).click();
	const field = page.getByLabel("Comment on this run");
	await field.fill("a".repeat(4_001));
	await expect(page.getByText("4,001 of 4,000 characters")).toBeVisible();
	await expect(page.getByRole("button", { name: "Comment", exact: true })).toBeDisabled();
	await field.press("End");
	await field.press("Backspace");
	await page.getByRole("button", { name: "Comment", exact: true }).click();
	await expect(page.getByRole("article", { name: /^Comment by/ })).toHaveCount(1);
	await expect(field).toHaveValue("");
});

function comments(page: Page) {
	return stepPanel(page).getByRole("article", { name: /^Comment by/ });
}
