// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { Role } from "@/server/teams/permissions";
import { createTestFrame, Refusal } from "../trpc/test-frame";
import { MembersPage } from "./members-page";

vi.mock("next/navigation", async (original) => ({
	...(await original()),
	usePathname: () => "/acme/settings/members",
}));
afterEach(cleanup);

const joinedAt = new Date();
const mara = { userId: "mara", name: "Mara Lindqvist", email: "mara@acme.example", role: "owner", joinedAt };
const jonas = { userId: "jonas", name: "Jonas Weber", email: "jonas@acme.example", role: "admin", joinedAt };
const tess = (role: Role) => ({ userId: "tess", name: "Tess", email: "tess@acme.example", role, joinedAt });

function openPage(role: Role, others: object[] = [mara, jonas]) {
	const changeRole = vi.fn();
	const { frame } = createTestFrame(
		{
			"members.list": () => [...others, tess(role)],
			"members.whoCan": () => ["Mara Lindqvist", "Jonas Weber"],
			"members.changeRole": changeRole,
			"invitations.list": () => [],
			"invitations.create": () => ({ id: "1", token: "the-token", mail: "none" }),
			"viewer.me": () => {
				throw new Refusal(500, "Not asked here.");
			},
		},
		role,
	);
	render(frame(<MembersPage team="acme" />));
	return changeRole;
}

const roleOf = (name: string) => screen.findByRole("button", { name: new RegExp(`^Role of ${name}`) });

it("shows who is in the team with their roles, and what each role may do", async () => {
	openPage("viewer");
	expect(await screen.findByText("3 people. Role changes take effect at once.")).toBeDefined();
	expect((await roleOf("Mara")).textContent).toBe("Owner");
	const row = screen.getByRole("row", { name: /^Start runs/ });
	expect(
		within(row)
			.getAllByRole("cell")
			.map((cell) => cell.textContent),
	).toEqual(["Start runs", "", "", "", "", "–No"]);
});

it("says to whoever may not change a role why, and who could", async () => {
	openPage("viewer");
	const role = await roleOf("Jonas");
	expect(role.getAttribute("aria-disabled")).toBe("true");
	fireEvent.click(role);
	const tip = await screen.findByRole("tooltip");
	await within(tip).findByText(
		/^Your role in this team is viewer; to manage members and invitations you need to be admin or above\. Mara Lindqvist or Jonas Weber can do it\.$/,
	);
	expect(screen.queryByRole("menu")).toBeNull();
});

it("offers an admin the roles up to their own, and no owner’s", async () => {
	const changeRole = openPage("admin");
	fireEvent.keyDown(await roleOf("Jonas"), { key: "Enter" });
	expect(screen.getAllByRole("menuitemradio").map((item) => item.textContent)).toEqual([
		"Admin",
		"Editor",
		"Operator",
		"Viewer",
	]);
	fireEvent.click(screen.getByRole("menuitemradio", { name: "Editor" }));
	await vi.waitFor(() => expect(changeRole).toHaveBeenCalledWith({ team: "acme", userId: "jonas", role: "editor" }));
	fireEvent.click(await roleOf("Mara"));
	expect((await screen.findByRole("tooltip")).textContent).toContain("Only an owner changes an owner.");
});

it("asks before somebody lowers themselves, and keeps the last owner", async () => {
	const changeRole = openPage("owner");
	fireEvent.keyDown(await roleOf("Tess"), { key: "Enter" });
	fireEvent.click(screen.getByRole("menuitemradio", { name: "Viewer" }));
	expect(changeRole).not.toHaveBeenCalled();
	fireEvent.click(await screen.findByRole("button", { name: "Become viewer" }));
	await vi.waitFor(() => expect(changeRole).toHaveBeenCalledWith({ team: "acme", userId: "tess", role: "viewer" }));
	cleanup();

	openPage("owner", [jonas]);
	fireEvent.click(await roleOf("Tess"));
	expect((await screen.findByRole("tooltip")).textContent).toContain("Make somebody else an owner first.");
});

it("makes an invitation and shows its link once", async () => {
	openPage("admin");
	fireEvent.click(await screen.findByRole("button", { name: "Invite people" }));
	fireEvent.click(screen.getByRole("button", { name: "Create invitation" }));
	const link = await screen.findByLabelText("Link");
	expect(link).toHaveProperty("value", `${location.origin}/join/the-token`);
});

it("tells the only owner who wants to leave what to do first, and leads there", async () => {
	openPage("owner", [jonas]);
	fireEvent.keyDown(await screen.findByRole("button", { name: "More about Tess" }), { key: "Enter" });
	fireEvent.click(await screen.findByRole("menuitem", { name: "Leave the team" }));
	const dialog = await screen.findByRole("dialog", { name: "You are the only owner of Acme" });
	expect(dialog.textContent).toContain("Make somebody else an owner in the list of members, or delete the team.");
	const way = within(dialog).getByRole("link", { name: "Delete the team" });
	expect(way.getAttribute("href")).toBe("/acme/settings/general");
});
