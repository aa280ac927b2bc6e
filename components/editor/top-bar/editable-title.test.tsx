// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Refusal } from "@/components/trpc/test-frame";
import { button, openBar, openTestBrowser } from "./test-top-bar";

openTestBrowser();

describe("the name of the workflow", () => {
	const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Name of the workflow" });
	const type = (value: string) => {
		fireEvent.click(button("Release"));
		fireEvent.change(field(), { target: { value } });
	};

	it("is typed over, and kept with Enter without the space around it", async () => {
		const rename = vi.fn((_input: unknown) => ({}));
		openBar({ answers: { "workflows.rename": rename } });
		type("  Nightly  ");
		fireEvent.keyDown(field(), { key: "Enter" });
		fireEvent.blur(field());
		await waitFor(() => expect(button("Release")).toBe(document.activeElement));
		expect(rename.mock.calls).toEqual([[{ team: "acme", slug: "release", name: "Nightly" }]]);
	});

	it.each(["   ", "Release"])("stays as it is when “%s” is left there", async (value) => {
		const rename = vi.fn();
		openBar({ answers: { "workflows.rename": rename } });
		type(value);
		fireEvent.blur(field());
		expect(button("Release")).toBeDefined();
		expect(rename).not.toHaveBeenCalled();
	});

	it("is given up with Escape", () => {
		const rename = vi.fn();
		openBar({ answers: { "workflows.rename": rename } });
		type("Nightly");
		fireEvent.keyDown(field(), { key: "Escape" });
		expect(button("Release")).toBeDefined();
		expect(rename).not.toHaveBeenCalled();
	});

	it("keeps what was typed when the server refuses it", async () => {
		const { onError } = openBar({
			answers: {
				"workflows.rename": () => {
					throw new Refusal(403, "Your role does not allow this.");
				},
			},
		});
		type("Nightly");
		fireEvent.keyDown(field(), { key: "Enter" });
		await waitFor(() => expect(onError).toHaveBeenCalledWith("Your role does not allow this."));
		expect(field().value).toBe("Nightly");
	});

	it("is not kept by the Enter that chooses a word of an input method", () => {
		const rename = vi.fn();
		openBar({ answers: { "workflows.rename": rename } });
		type("夜間");
		fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
		expect(field().value).toBe("夜間");
		expect(rename).not.toHaveBeenCalled();
	});
});
