import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "./test";
import {
	backToEditor,
	chooseCommand,
	importWorkflow,
	openStep,
	runState,
	signInAsDemo,
	startRun,
	step,
	stepPanel,
	testDraft,
} from "./weft";

test.beforeEach(({ page }) => signInAsDemo(page));

const tryIt = (panel: Locator) => panel.getByRole("button", { name: "Try this step" });
const lastTry = (panel: Locator) => panel.getByRole("region", { name: "Last try" });

/** Puts other text into a field of several lines. */
async function rewrite(page: Page, field: Locator, text: string): Promise<void> {
	await field.click();
	await page.keyboard.press("ControlOrMeta+a");
	await page.keyboard.insertText(text);
}

test("a step is tried alone: with the last run's input, with another one, and its log and output are shown", async ({
	page,
}) => {
	await importWorkflow(page, "shop.workflow.yml");
	await testDraft(page);
	await backToEditor(page);
	const shape = await openStep(page, "Shape", "Try");
	const input = shape.getByRole("textbox", { name: "Input" });
	await expect(input).toContainText('"passed": 418');
	await expect(shape.getByText(/from test \d+/)).toBeVisible();
	await tryIt(shape).click();
	await expect(lastTry(shape)).toContainText("Completed");
	await expect(lastTry(shape)).toContainText("half: 209");
	await expect(lastTry(shape)).toContainText("halving 418");

	await rewrite(page, input, '{ "steps": { "build": { "output": { "passed": 10 } } } }');
	await expect(shape.getByText("pinned")).toBeVisible();
	await expect(step(page, "Shape", "input pinned")).toBeVisible();
	await tryIt(shape).click();
	await expect(lastTry(shape)).toContainText("half: 5");
	await rewrite(page, input, "{ nothing");
	await expect(shape.getByText("This is not a JSON object. Fix it, or unpin it.")).toBeVisible();
	await expect(tryIt(shape)).toBeDisabled();
	await shape.getByRole("button", { name: "Unpin" }).click();
	await expect(input).toContainText('"passed": 418');
});

test("a step that has not run asks for its data, and a shell step shows what it printed", async ({ page }) => {
	await importWorkflow(page, "shop.workflow.yml");
	const shape = await openStep(page, "Shape", "Try");
	await expect(shape.getByText("Enter a value for steps.build.output.passed.")).toBeVisible();
	const build = await openStep(page, "Build");
	await build.getByRole("tab", { name: "Try" }).click();
	await tryIt(build).click();
	await expect(lastTry(build)).toContainText("built 1.4.0");
	await expect(lastTry(build)).toContainText("passed: 418");
	await openStep(page, "Shape", "Try");
	await expect(shape.getByRole("textbox", { name: "Input" })).toContainText('"passed": 418');
	await expect(shape.getByText("Every reference has a value.")).toBeVisible();
});

test("a pinned output is marked, follows its step to another id, and is read by tests of the draft alone", async ({
	page,
}) => {
	// A try, a test, a publication and a run in a row.
	test.slow();
	await importWorkflow(page, "shop.workflow.yml");
	const build = await openStep(page, "Build", "Try");
	await tryIt(build).click();
	await lastTry(build).getByRole("button", { name: "Pin as output" }).click();
	await expect(step(page, "Build", "output pinned")).toBeVisible();
	await expect(lastTry(build).getByRole("button", { name: "Unpin" })).toBeVisible();
	await build.getByRole("tab", { name: "Output" }).click();
	await expect(build.getByText("Tries and tests of the draft read this.")).toBeVisible();

	const id = build.getByRole("textbox", { name: "Id of the step" });
	await id.fill("compile");
	await id.press("Enter");
	await expect(step(page, "Build", "output pinned")).toBeVisible();
	await expect(page.getByText(/^Saved/)).toBeVisible();
	await page.keyboard.press("ControlOrMeta+z");
	await expect(step(page, "Build", "output pinned")).toBeVisible();
	await page.keyboard.press("ControlOrMeta+Shift+z");
	await expect(page.getByText(/^Saved/)).toBeVisible();
	await page.reload();
	await expect(step(page, "Build", "output pinned")).toBeVisible();

	await testDraft(page);
	await step(page, "Build").click();
	const log = stepPanel(page).getByRole("region", { name: "Logs" });
	await expect(log).toContainText("Not run: its output is pinned.");
	await expect(log).not.toContainText("built");
	await backToEditor(page);

	await chooseCommand(page, "Publish");
	await page
		.getByRole("dialog")
		.getByRole("button", { name: /^Publish v2/ })
		.click();
	await startRun(page);
	await expect(runState(page, "Completed")).toBeVisible({ timeout: 20_000 });
	await step(page, "Build").click();
	await expect(log).toContainText("built 1.4.0");
});

test("a try that fails says so and why, also of a step that branches on its failure", async ({ page }) => {
	await importWorkflow(page, "shop.workflow.yml");
	const build = await openStep(page, "Build");
	await rewrite(page, build.getByRole("textbox", { name: "Command" }), "echo no wool left >&2; exit 3");
	await build.getByRole("radio", { name: "Branch" }).click();
	await build.getByRole("tab", { name: "Try" }).click();
	await tryIt(build).click();
	await expect(lastTry(build)).toContainText("Failed");
	await expect(lastTry(build).getByRole("alert")).toContainText(/3/);
	await expect(lastTry(build)).toContainText("no wool left");
});

test("a try that takes long can be cancelled", async ({ page }) => {
	await importWorkflow(page, "shop.workflow.yml");
	const build = await openStep(page, "Build");
	await rewrite(page, build.getByRole("textbox", { name: "Command" }), "echo waiting; sleep 600");
	await build.getByRole("tab", { name: "Try" }).click();
	await tryIt(build).click();
	await expect(lastTry(build)).toContainText("waiting");
	await lastTry(build).getByRole("button", { name: "Cancel" }).click();
	await expect(lastTry(build)).toContainText("Cancelled");
});
