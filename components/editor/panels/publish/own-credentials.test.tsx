// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { planSchema } from "@/server/plan/plan";
import { OwnCredentials } from "./own-credentials";

afterEach(cleanup);

const nodes = [
	{ id: "a", type: "shell", name: "Deploy", config: { command: "deploy {{ secrets.MINE.user }} {{ secrets.OURS }}" } },
	{ id: "b", type: "shell", name: "Tell", config: { command: "echo {{ secrets.GONE }}" } },
];
const plan = planSchema.parse({ version: 1, nodes });
const credentials = ["MINE.user", "MINE.password", "OURS"];

test("steps that read what is somebody’s own are told before others run them", () => {
	const onShow = vi.fn();
	render(<OwnCredentials plan={plan} credentials={credentials} own={["MINE"]} onShow={onShow} />);
	expect(screen.getByRole("alert").textContent).toContain("Only you have MINE.");
	expect(screen.getAllByRole("button").map(({ textContent }) => textContent)).toEqual(["Deploy: config.command"]);
	fireEvent.click(screen.getByRole("button"));
	expect(onShow).toHaveBeenCalledWith(expect.objectContaining({ nodeId: "a", credential: "MINE" }));
});

test("nothing is said where none is read", () => {
	render(<OwnCredentials plan={plan} credentials={credentials} own={["UNUSED"]} onShow={vi.fn()} />);
	expect(screen.queryByRole("alert")).toBeNull();
});
