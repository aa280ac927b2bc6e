import { type Browser, expect, type Page } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, runState, signInAsDemo, signUp, startRun } from "./weft";

test("a film that is downloaded from a link plays from the disk without a network, and another team imports it", async ({
	page,
	browser,
}, { outputDir }) => {
	await finishRun(page);
	await page.getByRole("button", { name: "Share" }).click();
	const dialog = page.getByRole("dialog", { name: /^Share run/ });
	await dialog.getByRole("button", { name: "Create and copy link" }).click();
	const link = await dialog.getByLabel("Address of the link").inputValue();

	const guest = await (await browser.newContext()).newPage();
	await guest.goto(link);
	const card = await guest.locator('meta[property="og:image"]').getAttribute("content");
	const picture = await guest.request.get(card ?? "");
	expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/png"]);
	expect((await picture.body()).length).toBeGreaterThan(10_000);
	const film = await guest.request.get(`${link}/film`);
	expect(film.headers()["content-security-policy"]).toBe("sandbox; default-src 'none'");
	await guest.getByRole("button", { name: "Play the run" }).click();
	const [download] = await Promise.all([
		guest.waitForEvent("download"),
		guest.getByRole("link", { name: "Download the film" }).click(),
	]);
	const file = `${outputDir}/film.html`;
	await download.saveAs(file);
	await watchOffline(browser, file);

	const other = await (await browser.newContext()).newPage();
	await signUp(other, "Nora Elsewhere");
	await other.getByRole("button", { name: "Import YAML" }).click();
	const importing = other.getByRole("dialog", { name: "Import a workflow" });
	await importing.locator('input[type="file"]').setInputFiles(file);
	await expect(importing.getByLabel("YAML")).toHaveValue(/name: Greeting/);
	await importing.getByRole("button", { name: "Import", exact: true }).click();
	await startRun(other);
	await expect(runState(other, "Completed")).toBeVisible();
});

test("a film of one's own run has in it what was chosen", async ({ page, browser }, { outputDir }) => {
	await finishRun(page);
	await page.getByRole("button", { name: "Play the run" }).click();
	await page.getByRole("button", { name: "Download the film" }).click();
	const dialog = page.getByRole("dialog", { name: /^Download the film/ });
	await dialog.getByRole("switch", { name: "Settings of the steps" }).click();
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		dialog.getByRole("link", { name: "Download" }).click(),
	]);
	const file = `${outputDir}/own-film.html`;
	await download.saveAs(file);
	await watchOffline(browser, file);
	await page.goto(page.url().replace(/\/workflows\/.*$/, ""));
	await page.getByRole("button", { name: "Import YAML" }).click();
	const importing = page.getByRole("dialog", { name: "Import a workflow" });
	await importing.locator('input[type="file"]').setInputFiles(file);
	await expect(importing.getByText("This film shows no settings of steps")).toBeVisible();
});

async function finishRun(page: Page): Promise<void> {
	await signInAsDemo(page);
	await importWorkflow(page, "greeting.workflow.yml");
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();
}

/** Opens a film from the disk with the network off, and plays it. */
async function watchOffline(browser: Browser, file: string): Promise<void> {
	const context = await browser.newContext({ offline: true, viewport: { width: 390, height: 844 } });
	const film = await context.newPage();
	const problems: string[] = [];
	film.on("console", (message) => message.type() === "error" && problems.push(message.text()));
	film.on("pageerror", (error) => problems.push(error.message));
	film.on("request", (request) => request.url().startsWith("file:") || problems.push(request.url()));
	await film.goto(`file://${file}`);
	await expect(film.getByRole("heading", { name: /Greeting/ })).toBeVisible();
	await expect(film.getByRole("status")).toHaveText("Completed");
	const moment = film.getByRole("slider", { name: "Moment of the run" });
	await expect(moment).toBeEnabled();
	await moment.press("Home");
	await expect(film.getByRole("status")).not.toHaveText("Completed");
	await film.getByRole("button", { name: "Play" }).click();
	await expect(film.getByRole("status")).toHaveText("Completed");
	await film.getByRole("region", { name: "Timeline" }).getByRole("button").first().click();
	await expect(film.getByRole("complementary", { name: "Step" }).getByText("Output")).toBeVisible();
	expect(problems).toEqual([]);
	await context.close();
}
