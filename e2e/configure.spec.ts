import { expect, type Page, test } from "@playwright/test";
import { backToEditor, importWorkflow, openStep, signInAsDemo, step, testDraft } from "./weft";

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "shop.workflow.yml");
	await expect(step(page, "Build")).toBeVisible();
});

const options = (page: Page) => page.getByRole("listbox", { name: "References" }).getByRole("option");
const braced = (path: string) => `{{ ${path} }}`;

test("two braces open completion, and a key chooses, in a line and in a text of several lines", async ({ page }) => {
	await testDraft(page);
	await backToEditor(page);
	const call = await openStep(page, "Call the desk");
	const address = call.getByRole("textbox", { name: "Address" });
	await address.press("End");
	await address.pressSequentially("{{sui");
	await expect(options(page).first()).toContainText("steps.build.output.suite");
	await page.keyboard.press("ArrowDown");
	await expect(options(page).nth(1)).toHaveAttribute("aria-selected", "true");
	await expect(options(page).nth(1)).toContainText("steps.build.output.suite.name");
	await page.keyboard.press("Enter");
	await expect(address).toHaveValue(`https://desk.example.com/${braced("steps.build.output.suite.name")}`);

	const report = await openStep(page, "Report");
	const prompt = report.getByRole("textbox", { name: "Prompt" });
	await prompt.click();
	await page.keyboard.press("ControlOrMeta+End");
	await page.keyboard.type(" of {{half");
	await expect(options(page).first()).toContainText("steps.shape.output.half");
	await expect(options(page).first()).toContainText("209");
	await page.keyboard.press("Tab");
	await expect(prompt).toContainText("of steps.shape.output.half");
	await expect(page.getByRole("listbox", { name: "References" })).toHaveCount(0);
});

test("the values of the last run are a tree to click and to drag from", async ({ page }) => {
	await testDraft(page);
	await backToEditor(page);
	const call = await openStep(page, "Call the desk");
	const address = call.getByRole("textbox", { name: "Address" });
	await address.press("End");
	await call.getByRole("button", { name: "References" }).first().click();
	const picker = page.getByRole("complementary", { name: "References" });
	await expect(picker.getByText(/Values of test \d+/)).toBeVisible();
	await picker.getByRole("button", { name: "Inputs" }).click();
	await expect(picker.getByRole("button", { name: /version: "1.4.0"/ })).toBeVisible();
	await picker.getByRole("button", { name: /^Build/ }).click();
	await picker.getByRole("button", { name: /suite: / }).click();
	await picker.getByRole("button", { name: /name: "cart"/ }).hover();
	await picker.getByRole("button", { name: "Insert steps.build.output.suite.name into Address" }).click();
	await expect(address).toHaveValue(`https://desk.example.com/${braced("steps.build.output.suite.name")}`);

	await picker
		.getByRole("button", { name: /passed: 418/ })
		.dragTo(call.getByRole("textbox", { name: "Give up after" }));
	await expect(call.getByRole("textbox", { name: "Give up after" })).toHaveValue(braced("steps.build.output.passed"));
	await picker.getByRole("searchbox", { name: "Find a value" }).fill("nothing like this");
	await expect(picker.getByText("Nothing is called that.")).toBeVisible();
});

test("an unknown reference and one that comes too late are problems on their field, with a fix", async ({ page }) => {
	const call = await openStep(page, "Call the desk");
	const address = call.getByRole("textbox", { name: "Address" });
	await address.fill(`https://desk.example.com/${braced("steps.biuld.output.exitCode")}`);
	await page.keyboard.press("Escape");
	await expect(call.getByText(/There is no step with the id biuld/)).toBeVisible();
	await expect(address).toHaveAttribute("aria-invalid", "true");
	await expect(step(page, "Call the desk", "1 error")).toBeVisible();
	await call.getByRole("button", { name: "steps.build.output.exitCode" }).click();
	await expect(address).toHaveValue(`https://desk.example.com/${braced("steps.build.output.exitCode")}`);
	await expect(address).not.toHaveAttribute("aria-invalid");

	await address.fill(`https://desk.example.com/${braced("steps.done.output.half")}`);
	await expect(call.getByText(/“Done” does not come before/)).toBeVisible();
	await expect(address).toHaveAttribute("aria-invalid", "true");
});

test("a renamed id is renamed in every reference, and one undo takes both back", async ({ page }) => {
	const build = await openStep(page, "Build");
	const id = build.getByRole("textbox", { name: "Id of the step" });
	await id.fill("shape");
	await expect(build.getByText("“Shape” has the id shape. Choose another one.")).toBeVisible();
	await id.fill("compile");
	await id.press("Enter");
	const report = await openStep(page, "Report");
	await expect(report.getByRole("textbox", { name: "Prompt" })).toContainText("steps.compile.output.passed");
	await step(page, "Report").focus();
	await page.keyboard.press("ControlOrMeta+z");
	await expect((await openStep(page, "Report")).getByRole("textbox", { name: "Prompt" })).toContainText(
		"steps.build.output.passed",
	);
	await expect((await openStep(page, "Build")).getByRole("textbox", { name: "Id of the step" })).toHaveValue("build");
});
