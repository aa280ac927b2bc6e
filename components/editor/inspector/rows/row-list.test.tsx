// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { Tooltip } from "radix-ui";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { RowControls } from "./row-controls";
import { RowList } from "./row-list";
import { NamedLine } from "./row-name";

afterEach(cleanup);

function Names({ first, least = 0 }: { first: string[]; least?: number }) {
	const [names, setNames] = useState(first);
	return (
		<Tooltip.Provider>
			<RowList look="lines" noun="entry" rows={names} newRow={() => "new"} onChange={setNames} least={least} most={4}>
				{(name, index) => (
					<NamedLine label="Name" name={name} taken={names} onRename={(to) => setNames(names.with(index, to))}>
						<RowControls />
					</NamedLine>
				)}
			</RowList>
		</Tooltip.Provider>
	);
}

const fields = () => screen.getAllByRole<HTMLInputElement>("textbox", { name: "Name" });
const names = () => screen.queryAllByRole<HTMLInputElement>("textbox", { name: "Name" }).map(({ value }) => value);
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

describe("a list of rows", () => {
	it("adds a row at its end, with its text chosen", () => {
		render(<Names first={["a"]} />);
		fireEvent.click(button("Add an entry"));
		expect(names()).toEqual(["a", "new"]);
		expect(document.activeElement).toBe(fields()[1]);
		expect([fields()[1]?.selectionStart, fields()[1]?.selectionEnd]).toEqual([0, 3]);
	});

	it("takes no more rows than it may have, and keeps as many as it must", () => {
		render(<Names first={["a", "b", "c"]} least={3} />);
		expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
		fireEvent.click(button("Add an entry"));
		expect(button("Add an entry").disabled).toBe(true);
		expect(button("Remove entry 4")).toBeDefined();
	});

	it("moves a row with Alt and the arrows, and the caret with it", () => {
		render(<Names first={["a", "b", "c"]} />);
		fields()[0]?.focus();
		fireEvent.keyDown(fields()[0] ?? document, { key: "ArrowDown", altKey: true });
		expect(names()).toEqual(["b", "a", "c"]);
		expect(document.activeElement).toBe(fields()[1]);
		fireEvent.keyDown(fields()[1] ?? document, { key: "ArrowUp", altKey: true });
		fireEvent.keyDown(fields()[0] ?? document, { key: "ArrowUp", altKey: true });
		expect(names()).toEqual(["a", "b", "c"]);
	});

	it("leaves the arrows alone to the fields", () => {
		render(<Names first={["a", "b"]} />);
		fireEvent.keyDown(fields()[0] ?? document, { key: "ArrowDown" });
		expect(names()).toEqual(["a", "b"]);
	});

	it("puts the focus on what took the place of a removed row, and on adding after the last", () => {
		render(<Names first={["a", "b"]} />);
		button("Remove entry 1").focus();
		fireEvent.click(button("Remove entry 1"));
		expect(names()).toEqual(["b"]);
		expect(document.activeElement?.closest("[data-row]")).not.toBeNull();
		fireEvent.click(button("Remove entry 1"));
		expect(names()).toEqual([]);
		expect(document.activeElement).toBe(button("Add an entry"));
	});

	it("says that another row has the name that is typed, and writes it once it is different", () => {
		render(<Names first={["a", "b"]} />);
		const second = fields()[1] ?? document;
		fireEvent.change(second, { target: { value: "a" } });
		expect(screen.getByRole("alert").textContent).toBe("Another row has this name. Enter a different one.");
		fireEvent.change(second, { target: { value: "ab" } });
		expect(screen.queryByRole("alert")).toBeNull();
		expect(names()).toEqual(["a", "ab"]);
	});

	it("forgets a name that another row has when the field is left", () => {
		render(<Names first={["a", "b"]} />);
		const second = fields()[1] ?? document;
		fireEvent.change(second, { target: { value: "a" } });
		fireEvent.blur(second);
		expect(names()).toEqual(["a", "b"]);
		expect(screen.queryByRole("alert")).toBeNull();
	});
});
