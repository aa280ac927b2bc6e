import { expect, type Page } from "@playwright/test";
import { test } from "./test";
import { backToEditor, chooseCommand, importWorkflow, openStep, signInAsDemo, step, testDraft } from "./weft";

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "shop.workflow.yml");
	await expect(step(page, "Build")).toBeVisible({ timeout: 30_000 });
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
	const prompt = report.getByRole("textbox", { name: "Prompt", exact: true });
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
		.dragTo(call.getByRole("textbox", { name: "Response timeout" }));
	await expect(call.getByRole("textbox", { name: "Response timeout" })).toHaveValue(
		braced("steps.build.output.passed"),
	);
	await picker.getByRole("searchbox", { name: "Find a value" }).fill("nothing like this");
	await expect(picker.getByText("Nothing found.")).toBeVisible();
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
	await call.getByRole("button", { name: "Connect “Done” before" }).click();
	await expect(call.getByText(/“Done” does not come before/)).toHaveCount(0);
	await expect(address).not.toHaveAttribute("aria-invalid");
});

test("a renamed id is renamed in every reference, and one undo takes both back", async ({ page }) => {
	const build = await openStep(page, "Build");
	const id = build.getByRole("textbox", { name: "Id of the step" });
	await id.fill("shape");
	await expect(build.getByText("“Shape” has the id shape. Choose another one.")).toBeVisible();
	await id.fill("compile");
	await id.press("Enter");
	const report = await openStep(page, "Report");
	await expect(report.getByRole("textbox", { name: "Prompt", exact: true })).toContainText(
		"steps.compile.output.passed",
	);
	await step(page, "Report").focus();
	await page.keyboard.press("ControlOrMeta+z");
	await expect((await openStep(page, "Report")).getByRole("textbox", { name: "Prompt", exact: true })).toContainText(
		"steps.build.output.passed",
	);
	await expect((await openStep(page, "Build")).getByRole("textbox", { name: "Id of the step" })).toHaveValue("build");
});

test("names and values, a duration, a choice, a switch, a model and a schema are kept as they were set", async ({
	page,
}) => {
	const call = await openStep(page, "Call the desk");
	await call.getByRole("combobox", { name: "Method" }).click();
	await page.getByRole("option", { name: "POST" }).click();
	const headers = call.getByRole("group", { name: "Headers" });
	await headers.getByRole("button", { name: "Add a value" }).click();
	await page.keyboard.type("x-trace");
	await headers.getByRole("textbox", { name: "Value of x-trace" }).fill("7");
	await call.getByRole("switch", { name: /Fail on an unexpected status/ }).click();
	const wait = call.getByRole("textbox", { name: "Response timeout" });
	await wait.fill("90 s");
	await wait.blur();
	await expect(wait).toHaveValue("1 min 30 s");

	const report = await openStep(page, "Report");
	await report.getByRole("combobox", { name: "Provider" }).click();
	await page.getByRole("option", { name: "Anthropic" }).click();
	await report.getByRole("button", { name: "Choose a model" }).click();
	await page.getByRole("menuitemradio", { name: /haiku/ }).click();
	const schema = report.getByRole("group", { name: "Answer as" });
	await schema.getByRole("button", { name: "Add a field" }).click();
	await schema.getByRole("textbox", { name: "Name of the field" }).fill("risk");
	await expect(page.getByText(/^Saved/)).toBeVisible();

	await page.reload();
	await openStep(page, "Call the desk");
	await expect(call.getByRole("combobox", { name: "Method" })).toContainText("POST");
	await expect(headers.getByRole("textbox", { name: "Value of x-trace" })).toHaveValue("7");
	await expect(call.getByRole("switch", { name: /Fail on an unexpected status/ })).not.toBeChecked();
	await expect(wait).toHaveValue("1 min 30 s");
	await openStep(page, "Report");
	await expect(report.getByRole("textbox", { name: "Model" })).toHaveValue(/haiku/);
	await expect(schema.getByRole("textbox", { name: "Name of the field" })).toHaveValue("risk");
});

test("forms are built for inputs and approvals, and what does not fit is said where it stands", async ({ page }) => {
	const ask = await openStep(page, "Ask the desk");
	await ask.getByRole("button", { name: "Add a question" }).click();
	await ask.getByRole("textbox", { name: "Name", exact: true }).fill("remark");
	await ask.getByRole("combobox", { name: "Type" }).click();
	await page.getByRole("option", { name: "Long text" }).click();
	const who = ask.getByRole("group", { name: "Who may decide" });
	await who.getByRole("button", { name: "Add an entry" }).click();
	await page.keyboard.type("nobody");
	await expect(who.getByText("Enter an e-mail address, or a role such as admin.")).toBeVisible();
	await who.getByRole("button", { name: "Remove entry 1" }).click();

	const enough = await openStep(page, "Enough\\?");
	const when = enough.getByRole("textbox", { name: "When" });
	await when.click();
	await page.keyboard.press("ControlOrMeta+End");
	await page.keyboard.type(" &&");
	await expect(enough.getByText(/^Column \d+: /)).toBeVisible();
	await page.keyboard.type(" true");
	await expect(enough.getByText(/^Column \d+: /)).toHaveCount(0);

	await enough.getByRole("button", { name: "Close", exact: true }).click();
	const workflow = page.getByRole("complementary", { name: "Workflow" });
	await workflow.getByRole("button", { name: "Add an input" }).click();
	await workflow.getByRole("textbox", { name: "Label" }).fill("Region");
	await workflow.getByRole("textbox", { name: "Name", exact: true }).fill("Two words");
	await expect(workflow.getByText(/Use lower-case letters/)).toBeVisible();
	await workflow.getByRole("textbox", { name: "Name", exact: true }).fill("region");
	await expect(page.getByText(/^Saved/)).toBeVisible();
	await chooseCommand(page, "Test the draft");
	await expect(page.getByRole("dialog").getByRole("textbox", { name: "Region" })).toBeVisible();
});
