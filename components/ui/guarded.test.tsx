// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { GuardedSwitch } from "./forms/guarded-switch";
import { GuardedButton, GuardedLink } from "./guarded";
import { GuardedMenuItem } from "./guarded-menu-item";
import { Menu } from "./menu";

afterEach(cleanup);

const REASON = "Your role in this team is viewer.";

test("a button keeps the focus when a role takes it away and gives it back", async () => {
	const press = vi.fn();
	const page = (whyNot?: string) => (
		<>
			<GuardedButton whyNot={whyNot} onClick={press}>
				Invite
			</GuardedButton>
		</>
	);
	const { rerender } = render(page());
	const button = screen.getByRole("button", { name: "Invite" });
	button.focus();
	rerender(page(REASON));
	expect(document.activeElement).toBe(screen.getByRole("button", { name: "Invite" }));
	fireEvent.click(button);
	expect((await screen.findByRole("tooltip")).textContent).toBe(REASON);
	expect(press).not.toHaveBeenCalled();
	rerender(page());
	expect(document.activeElement).toBe(button);
	expect(screen.queryByRole("tooltip")).toBeNull();
	fireEvent.click(button);
	expect(press).toHaveBeenCalledOnce();
});

test("a link keeps the focus when a role takes it away, says why, and leads nowhere meanwhile", async () => {
	const page = (whyNot?: string) => (
		<GuardedLink whyNot={whyNot} href="#editor">
			Edit
		</GuardedLink>
	);
	const { rerender } = render(page());
	const link = screen.getByRole("link", { name: "Edit" });
	link.focus();
	rerender(page(REASON));
	expect(document.activeElement).toBe(screen.getByRole("link", { name: "Edit" }));
	expect(fireEvent.click(link)).toBe(false);
	expect((await screen.findByRole("tooltip")).textContent).toBe(REASON);
	rerender(page());
	expect(document.activeElement).toBe(link);
	expect(link.getAttribute("aria-disabled")).toBeNull();
});

test("a switch and an item of a menu stay where they are when they are refused", async () => {
	const page = (whyNot?: string) => (
		<>
			<GuardedSwitch aria-label="Sharing" checked whyNot={whyNot} onCheckedChange={() => {}} />
			<Menu open trigger={<button type="button">More</button>}>
				<GuardedMenuItem whyNot={whyNot}>Remove</GuardedMenuItem>
			</Menu>
		</>
	);
	const { rerender } = render(page());
	const known = [await screen.findByRole("switch"), screen.getByRole("menuitem", { name: "Remove" })];
	rerender(page(REASON));
	expect([screen.getByRole("switch"), screen.getByRole("menuitem", { name: "Remove" })]).toEqual(known);
	for (const control of known) expect(control.getAttribute("aria-disabled")).toBe("true");
});
