// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { createTestFrame } from "../trpc/test-frame";
import { DeleteAccount } from "./delete-account";

afterEach(cleanup);

const acme = { id: "acme", name: "Acme", slug: "acme", workflows: 2 };

async function openDialog(fate: string) {
	const { frame } = createTestFrame({ "account.deletion": () => ({ teams: [{ ...acme, fate }] }) });
	render(frame(<DeleteAccount email="tess@acme.example" />));
	fireEvent.click(screen.getByRole("button", { name: "Delete account" }));
	return within(await screen.findByRole("dialog", { name: "Delete your account?" }));
}

test("the only owner of a team with others is led to its members, and asked to type nothing", async () => {
	const dialog = await openDialog("needs an owner");
	const way = await dialog.findByRole("link", { name: "Members of Acme" });
	expect(way.getAttribute("href")).toBe("/acme/settings/members");
	expect(dialog.queryByRole("textbox")).toBeNull();
	expect(dialog.queryByRole("button", { name: "Delete account" })).toBeNull();
});

test("everybody else types their address first", async () => {
	const dialog = await openDialog("goes");
	const field = await dialog.findByRole("textbox", { name: "Type tess@acme.example to confirm" });
	const remove = dialog.getByRole("button", { name: "Delete account" });
	expect(remove).toHaveProperty("disabled", true);
	fireEvent.change(field, { target: { value: "Tess@acme.example" } });
	expect(remove).toHaveProperty("disabled", false);
});
