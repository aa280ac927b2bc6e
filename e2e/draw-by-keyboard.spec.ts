import { expect, type Locator, type Page, type Route } from "@playwright/test";
import { frameOf } from "./canvas";
import { connectionsOf, savedPlan, startEmptyByKey } from "./mouse";
import { test } from "./test";
import { signInAsDemo, startBlank, step } from "./weft";

test.setTimeout(120_000);

/** Says the words, and shows where the focus is. */
async function expectSaid(page: Page, words: string): Promise<void> {
	await expect(page.getByRole("status").filter({ hasText: words })).toBeAttached();
}

async function expectFocus(page: Page, name: string): Promise<void> {
	const button = step(page, name);
	await expect(button).toBeFocused();
	const ring = frameOf(page, name);
	await expect(ring).toHaveCSS("outline-style", "solid");
	await expect(ring).toHaveCSS("outline-width", "2px");
}

/** Chooses from the list of steps that is open. */
async function choose(page: Page, type: string): Promise<void> {
	await expect(page.getByRole("dialog", { name: "Add a step" }).getByRole("combobox")).toBeFocused();
	await page.keyboard.type(type);
	await page.keyboard.press("Enter");
}

/** Writes into the field of the new step that has the caret, and comes back to the canvas. */
async function fillIn(page: Page, name: string, [field, text]: [string, string]): Promise<void> {
	await expect(settingsOf(page, field)).toBeFocused();
	await page.keyboard.insertText(text);
	await leaveForm(page, name);
}

/** The first Escape leaves the field of a new step, the second one its form. */
async function leaveForm(page: Page, name: string): Promise<void> {
	const form = page.getByRole("complementary", { name: "Step" });
	await expect(form.locator(":focus")).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(form.locator(":focus")).toHaveCount(0);
	await page.keyboard.press("Escape");
	await expectFocus(page, name);
}

function settingsOf(page: Page, field: string): Locator {
	return page.getByRole("complementary", { name: "Step" }).getByRole("textbox", { name: field, exact: true });
}

test("the same six steps are drawn, wired, moved and taken back with the keyboard alone", async ({ page }) => {
	await signInAsDemo(page);
	await startEmptyByKey(page);

	// Added: the first one, and each next one behind the focused one.
	await page.keyboard.press("a");
	await choose(page, "shell");
	await expectSaid(page, "Added Shell.");
	await fillIn(page, "Shell", ["Command", "echo north south"]);
	await page.keyboard.press("Tab");
	await choose(page, "transform");
	await expectSaid(page, "Added Transform after Shell.");
	await fillIn(page, "Transform", ["Code", "return 2;"]);
	await page.keyboard.press("Tab");
	await choose(page, "condition");
	await leaveForm(page, "Condition");
	await page.keyboard.press("Tab");
	await choose(page, "for each");
	await expectSaid(page, "Added For each after Condition.");
	await leaveForm(page, "For each");

	// Into the container, and back along the edges to the other exit of the condition.
	await page.keyboard.press("Shift+A");
	await choose(page, "python");
	await expectSaid(page, "Added Python in For each.");
	await leaveForm(page, "Python");
	await page.keyboard.press("ArrowLeft");
	await expectFocus(page, "For each");
	await page.keyboard.press("ArrowLeft");
	await expectFocus(page, "Condition");
	await page.keyboard.press("Enter");
	await expect(step(page, "Condition")).toHaveAttribute("aria-pressed", "true");
	await page.keyboard.press("Tab");
	await choose(page, "comment");
	await expectSaid(page, "Added Comment after Condition.");
	await leaveForm(page, "Comment");

	// Connected with a step that exists; what cannot be is listed with the reason.
	await page.keyboard.press("c");
	const list = page.getByRole("dialog", { name: "Connect Comment with" });
	await expect(list.getByRole("option", { name: /^Shell/ })).toContainText("This would create a cycle");
	await page.keyboard.type("for each");
	await page.keyboard.press("Enter");
	await expectSaid(page, "Comment now leads to For each.");
	await expectFocus(page, "Comment");
	expect(connectionsOf(await savedPlan(page))).toEqual([
		"Comment > For each",
		"Condition.false > Comment",
		"Condition.true > For each",
		"Shell > Transform",
		"Transform > Condition",
	]);

	// Moved: a little, in exchange with a neighbour, into a container and out of it.
	await page.keyboard.press("Alt+ArrowDown");
	await expectSaid(page, "Moved down.");
	await page.keyboard.press("Alt+Shift+ArrowLeft");
	await expectSaid(page, "Changed places with Condition.");
	await page.keyboard.press("ControlOrMeta+z");
	await expectSaid(page, "Undone: Swap steps.");
	await page.keyboard.press("m");
	await expect(page.getByRole("dialog", { name: "Move Comment" }).getByRole("combobox")).toBeFocused();
	await page.keyboard.type("for each");
	await page.keyboard.press("Enter");
	await expectSaid(page, "Comment now stands in For each. 2 connections across the border removed.");
	await expectFocus(page, "Comment");
	await page.keyboard.press("m");
	await page.keyboard.type("outside");
	await page.keyboard.press("Enter");
	await expectSaid(page, "Comment now stands outside.");
	await page.keyboard.press("ControlOrMeta+z");
	await page.keyboard.press("ControlOrMeta+z");
	await expectSaid(page, "Undone: Move into another container.");

	// Removed and taken back; the focus stays on the canvas.
	await page.keyboard.press("Delete");
	await expectSaid(page, "Removed Comment.");
	await expect(step(page, "Comment")).toHaveCount(0);
	await expectFocus(page, "Condition");
	await page.keyboard.press("ControlOrMeta+z");
	await expectSaid(page, "Undone: Remove.");
	await expect(step(page, "Comment")).toHaveAttribute("aria-pressed", "true");
	await expectFocus(page, "Condition");
	const drawn = await savedPlan(page);
	expect(connectionsOf(drawn)).toHaveLength(5);

	// All the way back and forth.
	const undo = page.getByRole("banner").getByRole("button", { name: /^Undo/ });
	while (await undo.isEnabled()) await page.keyboard.press("ControlOrMeta+z");
	await expect(page.getByRole("region", { name: /^Canvas of/ })).toBeFocused();
	const redo = page.getByRole("banner").getByRole("button", { name: /^Redo/ });
	while (await redo.isEnabled()) await page.keyboard.press("ControlOrMeta+Shift+z");
	await expectSaid(page, "Redone: Remove.");
	await page.keyboard.press("ControlOrMeta+z");
	expect(await savedPlan(page)).toEqual(drawn);
});

test("a key that is pressed while the editor is still arriving is heard once it is there", async ({ page }) => {
	await signInAsDemo(page);
	const release = await holdScript(page, "All commands and keys");
	await startBlank(page);
	await expect(page.getByRole("button", { name: "Add the first step" })).toBeVisible();
	await page.keyboard.press("a");
	await page.keyboard.press("n");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	release();
	await choose(page, "shell");
	await expect(settingsOf(page, "Command")).toBeFocused();
});

/** Keeps back the script that has these words in it, until it is released. */
async function holdScript(page: Page, words: string): Promise<() => void> {
	let release = () => {};
	const released = new Promise<void>((resolve) => {
		release = resolve;
	});
	await page.route("**/*.js*", async (route) => {
		const script = await readScript(route);
		// Whoever asked for it has gone on to another page.
		if (!script) return;
		if (script.body.includes(words)) await released;
		await route.fulfill(script);
	});
	return release;
}

/** Undefined if the page that asked for it is left before it has come. */
async function readScript(route: Route) {
	try {
		const response = await route.fetch();
		return { response, body: await response.text() };
	} catch {
		return undefined;
	}
}
