// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ComponentType } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { LazyPart } from "./lazy-part";

afterEach(cleanup);

interface GreetingProps {
	name: string;
}

function Greeting({ name }: GreetingProps) {
	return <p>Hello {name}</p>;
}

const loader = () => vi.fn(async (): Promise<ComponentType<GreetingProps>> => Greeting);
const loading = <p>Loading</p>;

it("is loaded once, however often it is shown", async () => {
	const load = loader();
	const part = { load, name: "The greeting" };
	const first = render(<LazyPart part={part} props={{ name: "Ada" }} loading={loading} />);
	expect(screen.queryByText("Loading")).not.toBeNull();
	await screen.findByText("Hello Ada");
	first.unmount();
	render(<LazyPart part={part} props={{ name: "Grace" }} loading={loading} />);
	expect(screen.queryByText("Hello Grace")).not.toBeNull();
	expect(load).toHaveBeenCalledTimes(1);
});

it("says what could not be loaded, and loads it when asked again", async () => {
	const load = loader().mockRejectedValueOnce(new Error("offline"));
	const part = { load, name: "The greeting" };
	render(<LazyPart part={part} props={{ name: "Ada" }} loading={loading} />);
	const alert = await screen.findByRole("alert");
	expect(alert.textContent).toMatch(/^The greeting could not be loaded\. Check your connection, then try again\./);
	fireEvent.click(screen.getByRole("button", { name: "Try again" }));
	expect(await screen.findByText("Hello Ada")).not.toBeNull();
});

it("is loaded when the network is back", async () => {
	const load = loader().mockRejectedValueOnce(new Error("offline"));
	const part = { load, name: "The greeting" };
	render(<LazyPart part={part} props={{ name: "Ada" }} loading={loading} />);
	await screen.findByRole("alert");
	act(() => void window.dispatchEvent(new Event("online")));
	expect(await screen.findByText("Hello Ada")).not.toBeNull();
});

it("leaves its place to what does for it while it cannot be loaded", async () => {
	const load = loader().mockRejectedValueOnce(new Error("offline"));
	const part = { load, name: "The greeting" };
	render(<LazyPart part={part} props={{ name: "Ada" }} loading={loading} instead={<p>Plain Ada</p>} />);
	expect(await screen.findByText("Plain Ada")).not.toBeNull();
	expect(screen.queryByRole("alert")).toBeNull();
});
