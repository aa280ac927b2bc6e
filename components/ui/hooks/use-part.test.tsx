// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ComponentType } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { type LargePart, usePart } from "./use-part";

afterEach(cleanup);

interface GreetingProps {
	name: string;
}

function Greeting({ name }: GreetingProps) {
	return <p>Hello {name}</p>;
}

function Page({ part }: { part: LargePart<GreetingProps> }) {
	const state = usePart(part);
	if (state.status === "loaded") return <state.Part name="Ada" />;
	if (state.status === "loading") return <p>Loading</p>;
	return (
		<button type="button" onClick={state.retry}>
			Try again
		</button>
	);
}

it("is loaded once, however often it is shown", async () => {
	const part = { load: vi.fn(async (): Promise<ComponentType<GreetingProps>> => Greeting) };
	const first = render(<Page part={part} />);
	expect(screen.queryByText("Loading")).not.toBeNull();
	await screen.findByText("Hello Ada");
	first.unmount();
	render(<Page part={part} />);
	expect(screen.queryByText("Hello Ada")).not.toBeNull();
	expect(part.load).toHaveBeenCalledTimes(1);
});

it("leaves the page as it is when it cannot be loaded, and is loaded when asked again", async () => {
	const part = { load: vi.fn(async (): Promise<ComponentType<GreetingProps>> => Greeting) };
	part.load.mockRejectedValueOnce(new Error("offline"));
	render(<Page part={part} />);
	fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
	expect(await screen.findByText("Hello Ada")).not.toBeNull();
});
