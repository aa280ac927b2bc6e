import { expect, type Locator, type Page } from "@playwright/test";
import { type Plan, planSchema } from "@/server/plan/plan";
import { entryOf, exitOf, nodeOf, plusUnderPointer } from "./canvas";
import { startBlank } from "./weft";

export interface Point {
	x: number;
	y: number;
}

/** A workflow that nothing has been drawn in, made from the list. */
export async function startEmpty(page: Page): Promise<void> {
	await startBlank(page);
	await page.waitForURL(/\/workflows\/untitled-workflow/);
	await expectEditor(page);
}

/** The same without a mouse. */
export async function startEmptyByKey(page: Page): Promise<void> {
	const create = page.getByRole("button", { name: "New workflow" }).first();
	await expect(create).toBeEnabled();
	await tabTo(page, create);
	await page.keyboard.press("Enter");
	await expect(page.getByRole("option", { name: "Blank canvas" })).toBeVisible();
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/workflows\/untitled-workflow/);
	await expectEditor(page);
}

/** The empty canvas, and everything that can be done there: its keys come after the drawing. */
async function expectEditor(page: Page): Promise<void> {
	await expect(page.getByRole("button", { name: "Add the first step" })).toBeVisible();
	await expect(page.getByRole("button", { name: "Publish" })).toBeVisible();
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
	await expect(async () => {
		await page.keyboard.press("Tab");
		await expect(target).toBeFocused({ timeout: 100 });
	}).toPass({ intervals: [0], timeout: 20_000 });
}

/** Draws with the mouse: handles, frames and edges are no buttons, so they are found where they are seen. */
export class Mouse {
	constructor(private readonly page: Page) {}

	/** The palette's row for a type of step. */
	item(title: string): Locator {
		return this.page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name: title });
	}

	/** Everything drawn of a step; of a container the whole frame. */
	box(name: string): Locator {
		return nodeOf(this.page, name);
	}

	async entry(name: string): Promise<Point> {
		return middleOf(entryOf(this.page, name));
	}

	/** Of the triggers when no name is given. */
	async exit(name: string | null, port = "out"): Promise<Point> {
		return middleOf(exitOf(this.page, name, port));
	}

	/** A point on the edge that leaves there, a little behind the handle. */
	async edgeFrom(name: string, port = "out"): Promise<Point> {
		const { x, y } = await this.exit(name, port);
		return { x: x + 16, y };
	}

	/** Where an edge's end can be taken: just before the step that it leads to. */
	async endOf(name: string): Promise<Point> {
		const { x, y } = await this.entry(name);
		return { x: x - 7, y };
	}

	/** A place inside a container, at its right border. */
	async rightIn(container: string): Promise<Point> {
		const { x, y } = await this.exit(container);
		return { x: x - 4, y };
	}

	/** The left end of a step, to take it by. */
	async leftOf(name: string): Promise<Point> {
		const { x, y } = await this.entry(name);
		return { x: x + 6, y };
	}

	/** The + of the edge under a point. */
	async plus(on: Point): Promise<void> {
		await this.page.mouse.move(on.x, on.y);
		await plusUnderPointer(this.page).click();
	}

	/** What follows has made way: it stands at the right of a step that was put before it. */
	async expectBehind(name: string, before: string): Promise<void> {
		await expect.poll(async () => (await this.entry(name)).x).toBeGreaterThan((await this.exit(before)).x);
	}

	/** Takes hold of something and moves it, without letting go. */
	async hold(from: Point, to: Point): Promise<void> {
		const { mouse } = this.page;
		await mouse.move(from.x, from.y);
		await mouse.down();
		await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
		await mouse.move(to.x, to.y, { steps: 6 });
	}

	async drag(from: Point, to: Point): Promise<void> {
		await this.hold(from, to);
		await this.page.mouse.up();
	}
}

export async function middleOf(place: Locator): Promise<Point> {
	await expect(place).toBeVisible();
	const box = await place.boundingBox();
	if (!box) throw new Error("What should be on the canvas is not there.");
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The draft as the server has it, once all edits have arrived there. */
export async function savedPlan(page: Page): Promise<Plan> {
	await expect(page.getByText(/^Saved/)).toBeVisible();
	const [, team, slug] = /\/([^/]+)\/workflows\/([^/?]+)/.exec(page.url()) ?? [];
	const input = encodeURIComponent(JSON.stringify({ json: { team, slug } }));
	const answer = await page.request.get(`/api/trpc/workflows.draft?input=${input}`);
	return planSchema.parse((await answer.json()).result.data.json.plan);
}

/** Who leads to whom, by name: "Check.true > Report". */
export function connectionsOf({ nodes, edges }: Plan): string[] {
	const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? id;
	return edges.map(({ from, port, to }) => `${nameOf(from)}${port === "out" ? "" : `.${port}`} > ${nameOf(to)}`).sort();
}
