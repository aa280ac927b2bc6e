import { expect, type Page } from "@playwright/test";
import { expectComment, expectSaved, holdSaves, savingState, selectStep, writeComment } from "./drawing";
import { inviteTeammate, type Teammate } from "./teammates";
import { test } from "./test";
import { importWorkflow, runButton, signInAsDemo, step } from "./weft";

let teammate: Teammate;
let mara: Page;

test.beforeAll(async ({ browser }) => {
	teammate = await inviteTeammate(browser, "Mara Novak");
});

test.beforeEach(async ({ page }) => {
	await signInAsDemo(page);
	await importWorkflow(page, "shared.workflow.yml");
	await expect(step(page, "Greet")).toBeVisible();
	mara = await (await teammate.open()).newPage();
	await mara.goto(page.url());
	await expect(step(mara, "Greet")).toBeVisible();
});

test.afterEach(() => mara.context().close());

test("what a teammate saves appears, without a reload, for whoever has nothing unsaved", async ({ page }) => {
	await writeComment(mara, "Weave", "Weaving the red one");
	await expectSaved(mara);
	await expect(step(page, "Weave")).toContainText("Weaving the red one");
	await page.getByRole("button", { name: /^Undo: Take over changes by Mara/ }).waitFor();
});

test("two people who edit different steps at once lose nothing", async ({ page }) => {
	const release = await holdSaves(mara);
	await writeComment(mara, "Part", "Good night, says Mara");
	await writeComment(page, "Greet", "Good morning, says the demo");
	await expectSaved(page);
	release();
	await mara.getByRole("button", { name: "Merge", exact: true }).click();

	await expect(
		mara.getByText(
			/saved revision \d+ while you were editing\. Nothing of yours is lost: 2 changes fit together, nothing contradicts/,
		),
	).toBeVisible();
	await mara.getByRole("button", { name: "Save merged" }).click();
	await expectSaved(mara);
	for (const person of [page, mara]) {
		await expect(step(person, "Greet")).toContainText("Good morning, says the demo");
		await expect(step(person, "Part")).toContainText("Good night, says Mara");
	}
});

test("two people who change the same field choose, and both end with the same plan", async ({ page }) => {
	const release = await holdSaves(mara);
	await writeComment(mara, "Weave", "Weaving in red");
	await writeComment(mara, "Part", "Farewell");
	await writeComment(page, "Weave", "Weaving in blue");
	await expectSaved(page);
	release();
	await mara.getByRole("button", { name: "Merge", exact: true }).click();

	const merge = mara.getByRole("complementary", { name: "Merge" });
	const conflict = merge.getByRole("region", { name: "Conflict: Weave" });
	await expect(conflict).toContainText("was Weaving");
	const save = merge.getByRole("button", { name: "Save merged" });
	await expect(save).toBeDisabled();
	await expect(mara.getByText("1 in conflict")).toBeVisible();
	await conflict.getByRole("radio", { name: "Demo: Weaving in blue" }).click();
	await expect(step(mara, "Weave").last()).toContainText("Weaving in blue");
	await conflict.getByRole("radio", { name: "Yours: Weaving in red" }).click();
	await expect(step(mara, "Weave").last()).toContainText("Weaving in red");
	await save.click();

	await expectSaved(mara);
	for (const person of [page, mara]) {
		await expectComment(person, "Weave", "Weaving in red");
		await expectComment(person, "Part", "Farewell");
	}
	await page.getByRole("button", { name: /^Undo: Take over changes by Mara/ }).click();
	await expect(step(mara, "Weave")).toContainText("Weaving in blue");
});

test("a merge that is put off stays in sight, also after a reload, and takes in later edits", async ({ page }) => {
	const release = await holdSaves(mara);
	await writeComment(mara, "Weave", "Weaving in red");
	await writeComment(page, "Weave", "Weaving in blue");
	await expectSaved(page);
	release();
	await expect(savingState(mara, "Somebody saved first")).toBeVisible();
	await expect(mara.getByRole("banner").getByRole("button", { name: "Publish" })).toBeDisabled();
	await mara.getByRole("button", { name: "Merge", exact: true }).click();
	const merge = mara.getByRole("complementary", { name: "Merge" });
	await merge.getByRole("button", { name: "Cancel" }).click();
	await writeComment(mara, "Part", "Farewell");

	await mara.reload();
	await expect(step(mara, "Part")).toContainText("Farewell");
	await mara.getByRole("button", { name: "Somebody saved first" }).click();
	await merge.getByRole("radio", { name: "Demo: Weaving in blue" }).click();
	await merge.getByRole("button", { name: "Save merged" }).click();
	await expectSaved(mara);
	await expect(step(page, "Part")).toContainText("Farewell");
	await expectComment(mara, "Weave", "Weaving in blue");
});

test("teammates see each other, and what each has selected, until they leave", async ({ page }) => {
	await expect(page.getByRole("list", { name: "Here now" })).toContainText("Mara Novak");
	await expect(mara.getByRole("list", { name: "Here now" })).toContainText("Demo");
	await selectStep(mara, "Weave");
	await selectStep(page, "Greet");
	const canvas = (person: Page) => person.getByRole("main");
	await expect(canvas(page).getByText("Mara", { exact: true })).toBeVisible();
	await expect(canvas(mara).getByText("Demo", { exact: true })).toBeVisible();
	await mara.keyboard.press("Escape");
	await expect(canvas(page).getByText("Mara", { exact: true })).toHaveCount(0);
	await mara.close();
	await expect(page.getByRole("list", { name: "Here now" })).toHaveCount(0);
	await expect(runButton(page)).toBeVisible();
});
