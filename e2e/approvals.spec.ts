import { createHash } from "node:crypto";
import { expect } from "@playwright/test";
import { inDatabase } from "./database";
import { test } from "./test";
import { importWorkflow, runButton, runState, signInAsDemo, startRun } from "./weft";

const TOKEN = "e2e-approval-link-of-32-letters_";

// A phone that runs no scripts: the page of the link is a form, and nothing else.
test("an approval is decided on a phone by the link of a mail, once, without an account", async ({ page, browser }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "mailed-approval.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Waiting")).toBeVisible();
	// The app under test sends no mail: the link gets the token that its mail would hold.
	const hash = createHash("sha256").update(TOKEN).digest("hex");
	await inDatabase((sql) => sql`update approval_links set token_hash = ${hash} where address = 'ada@example.com'`);

	const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
	const mail = await phone.newPage();
	const link = new URL(`/decide/${TOKEN}`, page.url()).href;
	await mail.goto(link);
	await expect(mail.getByText("Release 7.2 to production?")).toBeVisible();
	await mail.goto(link);
	await mail.getByLabel("Note").fill("Looks good");
	await mail.getByLabel("One, then ask").check();
	await mail.getByRole("button", { name: "Approve" }).click();
	await expect(mail.getByRole("heading", { name: "You approved" })).toBeVisible();
	await mail.goto(link);
	await expect(mail.getByText("this link is used up")).toBeVisible();
	await phone.close();

	await expect(runState(page, "Completed")).toBeVisible();
	await expect(page.getByText("the link mailed to ada@example.com").first()).toBeVisible();
});
