// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Tooltip } from "./tooltip";

afterEach(cleanup);

function explained(onClick = vi.fn()) {
	render(
		<Tooltip label="Starts a run">
			<button type="button" onClick={onClick}>
				Run
			</button>
		</Tooltip>,
	);
	return screen.getByRole("button");
}

it("shows to whoever points at an element before its code is there what it does, and describes the element by it", async () => {
	const button = explained();
	fireEvent.pointerMove(button, { pointerType: "mouse" });
	const tip = await screen.findByRole("tooltip");
	expect(tip.textContent).toBe("Starts a run");
	expect(button.getAttribute("aria-describedby")).toBe(tip.id);
});

it("shows it to whoever comes by the keyboard, and takes it away when they go on", async () => {
	const button = explained();
	fireEvent.focus(button);
	await screen.findByRole("tooltip");
	fireEvent.blur(button);
	await vi.waitFor(() => expect(button.getAttribute("aria-describedby")).toBeNull());
});

it("leaves the element itself where it is: a press goes to it and keeps the focus there", async () => {
	const onClick = vi.fn();
	const button = explained(onClick);
	button.focus();
	await screen.findByRole("tooltip");
	fireEvent.click(button);
	expect(onClick).toHaveBeenCalledOnce();
	expect(document.activeElement).toBe(button);
	await vi.waitFor(() => expect(screen.queryByRole("tooltip")).toBeNull());
});
