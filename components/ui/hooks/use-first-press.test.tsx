// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { LargePart } from "../lazy-part";
import { waitingToasts } from "../toasts/waiting-toasts";
import { useFirstPress } from "./use-first-press";

afterEach(cleanup);

function Opener({ part }: { part: LargePart<object> }) {
	const { Part, trigger } = useFirstPress(part, "menu");
	return Part ? (
		<Part />
	) : (
		<button type="button" {...trigger}>
			Open
		</button>
	);
}

const Opened = () => <p>It is open</p>;

it("keeps a press until what it opens is there", async () => {
	let arrive = (_part: typeof Opened) => {};
	const load = () => new Promise<typeof Opened>((resolve) => (arrive = resolve));
	render(<Opener part={{ load, name: "The menu" }} />);
	fireEvent.click(screen.getByRole("button"));
	expect(screen.getByRole("button").getAttribute("aria-busy")).toBe("true");
	await act(async () => arrive(Opened));
	expect(screen.getByText("It is open")).toBeDefined();
});

it("says that it could not be loaded, and tries again at the next press", async () => {
	const load = vi.fn().mockRejectedValueOnce(new Error("no network")).mockResolvedValue(Opened);
	render(<Opener part={{ load, name: "The menu" }} />);
	fireEvent.click(screen.getByRole("button"));
	await vi.waitFor(() =>
		expect(waitingToasts.getState().at(-1)?.message).toBe(
			"The menu could not be loaded. Check your connection, then press again.",
		),
	);
	fireEvent.click(screen.getByRole("button"));
	expect(await screen.findByText("It is open")).toBeDefined();
});
