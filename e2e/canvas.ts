import type { Locator, Page } from "@playwright/test";
import { step } from "./weft";

/*
 * What is drawn without being a button: frames, handles and edges. They are found by React Flow's own names for them, here
 * and nowhere else.
 */

/** Everything drawn of a step; of a container the whole frame. */
export function nodeOf(page: Page, name: string): Locator {
	return page.locator(".react-flow__node").filter({ has: step(page, name) });
}

/** The outline around a step, which shows where the focus is. */
export function frameOf(page: Page, name: string): Locator {
	return nodeOf(page, name).locator(":scope > *");
}

/** Where edges enter a step. */
export function entryOf(page: Page, name: string): Locator {
	return handleIn(nodeOf(page, name), "in");
}

/** Where edges leave a step by one of its ports, or the triggers when no name is given. */
export function exitOf(page: Page, name: string | null, port: string): Locator {
	return handleIn(name === null ? page.locator(".react-flow__node-trigger") : nodeOf(page, name), port);
}

function handleIn(node: Locator, id: string): Locator {
	return node.locator(`.react-flow__handle[data-handleid="${id}"]`);
}

export function edgesOf(page: Page): Locator {
	return page.locator(".react-flow__edge");
}

/** The + on the edge that is under the pointer. */
export function plusUnderPointer(page: Page): Locator {
	return page
		.locator(".react-flow__edge:hover")
		.locator("g")
		.filter({ has: page.getByText("Insert a step") });
}
