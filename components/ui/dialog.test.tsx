// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { type ReactNode, useState } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ConfirmDialog } from "./confirm-dialog";
import { Dialog } from "./dialog";
import { Menu, MenuItem } from "./menu";

afterEach(cleanup);

function openDialog(children: ReactNode) {
	const onOpenChange = vi.fn();
	render(
		<Dialog open onOpenChange={onOpenChange} title="Test WAREHOUSE">
			{children}
		</Dialog>,
	);
	return onOpenChange;
}

test("the caret stands in the first field", async () => {
	openDialog(<input aria-label="Address" />);
	expect(await screen.findByRole("textbox", { name: "Address" })).toBe(document.activeElement);
});

test("a dialog with nothing to fill in has the focus itself, and the first Escape closes it", async () => {
	const onOpenChange = openDialog(<p>Weft connects to the database.</p>);
	const dialog = await screen.findByRole("dialog", { name: "Test WAREHOUSE" });
	await vi.waitFor(() => expect(document.activeElement).toBe(dialog));
	expect(screen.queryByRole("tooltip")).toBeNull();
	fireEvent.keyDown(dialog, { key: "Escape" });
	expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
});

describe("closed with Escape, the focus is back", () => {
	test("at the button that opened it", async () => {
		render(<Opened opener={(open) => <button type="button" onClick={open} aria-label="Invite" />} />);
		const opener = screen.getByRole("button", { name: "Invite" });
		opener.focus();
		fireEvent.click(opener);
		fireEvent.keyDown(await screen.findByRole("textbox", { name: "Address" }), { key: "Escape" });
		await vi.waitFor(() => expect(document.activeElement).toBe(opener));
	});

	test("at the button of the menu that it was chosen from", async () => {
		const trigger = <button type="button">More</button>;
		render(
			<Opened
				opener={(open) => (
					<Menu trigger={trigger}>
						<MenuItem onSelect={open}>Rename</MenuItem>
					</Menu>
				)}
			/>,
		);
		const opener = screen.getByRole("button", { name: "More" });
		opener.focus();
		fireEvent.keyDown(opener, { key: "Enter" });
		const item = await screen.findByRole("menuitem", { name: "Rename" });
		item.focus();
		fireEvent.click(item);
		fireEvent.keyDown(await screen.findByRole("textbox", { name: "Address" }), { key: "Escape" });
		await vi.waitFor(() => expect(document.activeElement).toBe(opener));
	});

	test("at what opened the first of two dialogs that took each other's place", async () => {
		render(<Pair />);
		const opener = screen.getByRole("button", { name: "Publish" });
		opener.focus();
		fireEvent.click(opener);
		const next = await screen.findByRole("button", { name: "Preview" });
		next.focus();
		fireEvent.click(next);
		const second = await screen.findByRole("alertdialog", { name: "What this sends" });
		await vi.waitFor(() => expect(second.contains(document.activeElement)).toBe(true));
		fireEvent.keyDown(second, { key: "Escape" });
		await vi.waitFor(() => expect(document.activeElement).toBe(opener));
	});
});

function Opened({ opener }: { opener: (open: () => void) => ReactNode }) {
	const [isOpen, setOpen] = useState(false);
	return (
		<>
			{opener(() => setOpen(true))}
			{isOpen && (
				<Dialog open onOpenChange={setOpen} title="Test WAREHOUSE">
					<input aria-label="Address" />
				</Dialog>
			)}
		</>
	);
}

/** A dialog, and a question in its place. */
function Pair() {
	const [shown, show] = useState<"first" | "second">();
	return (
		<>
			<button type="button" onClick={() => show("first")}>
				Publish
			</button>
			{shown === "first" && (
				<Dialog open onOpenChange={() => show(undefined)} title="Publish">
					<button type="button" onClick={() => show("second")}>
						Preview
					</button>
				</Dialog>
			)}
			{shown === "second" && (
				<ConfirmDialog
					open
					onOpenChange={() => show(undefined)}
					title="What this sends"
					action="Send"
					onConfirm={() => {}}
				>
					Everything
				</ConfirmDialog>
			)}
		</>
	);
}
