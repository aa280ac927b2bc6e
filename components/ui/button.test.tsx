// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Button } from "./button";

afterEach(cleanup);

test("a busy button keeps the focus, and takes no press and sends no form until it is done", () => {
	const [press, send] = [vi.fn(), vi.fn((event: Event) => event.preventDefault())];
	const form = (busy: boolean) => (
		<form onSubmit={(event) => send(event.nativeEvent)}>
			<Button type="submit" busy={busy} onClick={press}>
				Save
			</Button>
		</form>
	);
	const { rerender } = render(form(false));
	const button = screen.getByRole("button", { name: "Save" });
	button.focus();
	rerender(form(true));
	expect(document.activeElement).toBe(button);
	fireEvent.click(button);
	expect([press.mock.calls.length, send.mock.calls.length]).toEqual([0, 0]);
	rerender(form(false));
	fireEvent.click(button);
	expect([press.mock.calls.length, send.mock.calls.length]).toEqual([1, 1]);
});
