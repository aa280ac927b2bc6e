import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { test } from "./test";
import { importWorkflow, runButton, runState, signInAsDemo, startRun, step, stepPanel } from "./weft";

test("a file made in one step is previewed, downloaded and read in the next, and a page among them runs nothing", async ({
	page,
	context,
}) => {
	await signInAsDemo(page);
	await importWorkflow(page, "files.workflow.yml");
	await expect(runButton(page)).toBeVisible();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible();

	await step(page, "Read").click();
	await expect(stepPanel(page).getByRole("region", { name: "Log lines" })).toContainText("Oslo,709");

	await step(page, "Build").click();
	const files = stepPanel(page).getByRole("region", { name: "Files" });
	await expect(files.getByRole("listitem")).toHaveCount(6);
	const look = async (name: string) => {
		await files.getByRole("button", { name: new RegExp(`^${name}`) }).click();
		return page.getByRole("dialog", { name });
	};
	const table = await look("cities.csv");
	await expect(table.getByRole("columnheader", { name: "people" })).toBeVisible();
	await expect(table.getByRole("cell", { name: "Bergen" })).toBeVisible();
	await page.keyboard.press("Escape");
	await expect((await look("report.md")).getByText("well", { exact: true })).toHaveCSS("font-weight", "600");
	await page.keyboard.press("Escape");
	await expect((await look("test-results/junit.xml")).getByText("expected 2, got 3")).toBeVisible();
	await page.keyboard.press("Escape");
	const picture = (await look("dot.png")).getByRole("img", { name: "dot.png" });
	await expect(picture).toHaveJSProperty("naturalWidth", 1);
	await page.keyboard.press("Escape");

	const saving = page.waitForEvent("download");
	await files.getByRole("link", { name: "Download cities.csv" }).click();
	const saved = await (await saving).path();
	expect(await readFile(saved, "utf8")).toBe("city,people\nOslo,709\nBergen,291\n");

	const asked: string[] = [];
	await context.route("https://example.com/**", async (route) => {
		asked.push(route.request().url());
		await route.abort();
	});
	const opening = context.waitForEvent("page");
	await (await look("page.html")).getByRole("link", { name: "Open without scripts" }).click();
	const opened = await opening;
	await expect(opened.getByRole("heading", { name: "Page" })).toBeVisible();
	expect(await opened.title()).not.toBe("it ran");
	expect(asked).toEqual([]);
	await opened.close();
	await page.keyboard.press("Escape");

	await stepPanel(page).getByRole("button", { name: "Show the run" }).click();
	const archive = page.waitForEvent("download");
	await page.getByRole("link", { name: "Download all" }).click();
	expect((await archive).suggestedFilename()).toBe("files.zip");
	const bytes = await readFile(await (await archive).path());
	expect(bytes.toString("latin1")).toContain("build/test-results/junit.xml");
});
