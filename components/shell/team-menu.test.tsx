// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { createTestFrame } from "../trpc/test-frame";
import { TeamMenu } from "./team-menu";
import { ViewerProvider } from "./viewer-context";

afterEach(cleanup);

const user = {
	...{ id: "tess", name: "Tess", email: "t@acme.example", isAddressVerified: false },
	...{ image: null, initials: null, theme: null, timeZone: null },
};
const teamOf = (slug: string) => ({
	id: slug,
	name: slug.toUpperCase(),
	slug,
	formerSlugs: [],
	role: "owner" as const,
});

function openMenu(slugs: readonly string[]) {
	const create = vi.fn(() => ({ slug: "made" }));
	const { frame, router } = createTestFrame({ "teams.create": create });
	const teams = slugs.map(teamOf);
	const value = {
		user: { ...user, timeZone: null },
		team: teamOf("acme"),
		teams,
		inbox: { unread: 0, changedAt: null },
		sendsMail: false,
		signOut: async () => {},
	};
	render(
		frame(
			<ViewerProvider value={value}>
				<TeamMenu />
			</ViewerProvider>,
		),
	);
	fireEvent.keyDown(screen.getByRole("button", { name: /^ACME ?, teams$/ }), { key: "Enter" });
	return { router, create };
}

it("ticks this team, leads to another, and needs no search for a few", () => {
	const { router } = openMenu(["acme", "rivals"]);
	expect(screen.getByRole("menuitemradio", { name: "ACME" }).getAttribute("aria-checked")).toBe("true");
	expect(screen.queryByRole("searchbox")).toBeNull();
	fireEvent.click(screen.getByRole("menuitemradio", { name: "RIVALS" }));
	expect(router.push).toHaveBeenCalledWith("/rivals/workflows");
});

it("finds one of many by its name, and Enter opens the first", () => {
	const { router } = openMenu(["acme", "rivals", "one", "two", "three", "four", "five", "six"]);
	const search = screen.getByRole("searchbox", { name: "Find a team" });
	fireEvent.change(search, { target: { value: " fi " } });
	expect(screen.getAllByRole("menuitemradio").map(({ textContent }) => textContent)).toEqual(["FFIVE"]);
	fireEvent.keyDown(search, { key: "Enter" });
	expect(router.push).toHaveBeenCalledWith("/five/workflows");
});

it("says so when no team is called that, and then Enter makes none", () => {
	const { router } = openMenu(["acme", "rivals", "one", "two", "three", "four", "five", "six"]);
	const search = screen.getByRole("searchbox", { name: "Find a team" });
	fireEvent.change(search, { target: { value: "nowhere" } });
	fireEvent.keyDown(search, { key: "Enter" });
	expect(screen.getByText("None of your teams is called that.")).toBeDefined();
	expect(router.push).not.toHaveBeenCalled();
	expect(screen.queryByRole("dialog")).toBeNull();
});

it("makes a team, and says which address it gets before it does", async () => {
	const { create } = openMenu(["acme"]);
	fireEvent.click(screen.getByRole("menuitem", { name: "Create a team" }));
	expect(await screen.findByRole("button", { name: "Create" })).toHaveProperty("disabled", true);
	fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "Ünder ground" } });
	expect(screen.getByText("The team’s address is …/under-ground, with a number added if that is taken.")).toBeDefined();
	fireEvent.click(screen.getByRole("button", { name: "Create" }));
	await vi.waitFor(() => expect(create).toHaveBeenCalledWith({ name: "Ünder ground" }));
});
