// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { createTestFrame } from "@/components/trpc/test-frame";
import type { Role } from "@/server/teams/permissions";
import { CredentialsPage } from "./credentials-page";

vi.mock("next/navigation", async (original) => ({
	...(await original()),
	usePathname: () => "/acme/settings/credentials",
}));

afterEach(cleanup);

const row = { parts: [""], hint: "", isPersonal: false, addedBy: "Tess", updatedAt: new Date(0), lastUsedAt: null };
const use = { slug: "release", name: "Release", isPublished: true, isArchived: false, steps: ["Push", "Tag"] };
const credentials = [
	{ ...row, id: "1", name: "GITHUB", type: "token", uses: 1, usedBy: [use] },
	{ ...row, id: "2", name: "REGISTRY", type: "basic", uses: 0, usedBy: [], isPersonal: true },
	{ ...row, id: "3", name: "PAGER", type: "token", uses: 0, usedBy: [] },
];
const missing = [{ name: "NPM_TOKEN", uses: 1, usedBy: [use] }];

function openPage(list: object, role?: Role) {
	const answers = {
		"credentials.list": () => ({ credentials, missing: [], refusal: null, ...list }),
		"members.whoCan": () => ["Ada"],
	};
	const { frame } = createTestFrame(answers, role);
	render(frame(<CredentialsPage team="acme" />));
}

function names(): (string | null)[] {
	return screen.getAllByRole("row").flatMap((each) => each.querySelector("code")?.textContent ?? []);
}

test("credentials are found by name, and what is one’s own says so", async () => {
	openPage({});
	expect(await screen.findByText("GITHUB")).toBeTruthy();
	expect(names()).toEqual(["GITHUB", "REGISTRY", "PAGER"]);
	expect(within(screen.getByRole("row", { name: /REGISTRY/ })).getByText("Only you")).toBeTruthy();
	fireEvent.change(screen.getByRole("searchbox", { name: "Find a credential" }), { target: { value: "pag" } });
	expect(names()).toEqual(["PAGER"]);
	fireEvent.change(screen.getByRole("searchbox", { name: "Find a credential" }), { target: { value: "no such" } });
	fireEvent.click(screen.getByRole("button", { name: "Show all" }));
	expect(names()).toHaveLength(3);
});

test("credentials are narrowed to a kind", async () => {
	openPage({});
	fireEvent.keyDown(await screen.findByRole("combobox", { name: "Type" }), { key: "Enter" });
	fireEvent.click(await screen.findByRole("option", { name: "Token" }));
	expect(names()).toEqual(["GITHUB", "PAGER"]);
});

test("what workflows read and nobody has added is told with its steps, and added by its name", async () => {
	openPage({ missing });
	const panel = await screen.findByRole("region", { name: "Missing credentials" });
	expect(panel.textContent).toContain("Push, Tag in Release read NPM_TOKEN, which does not exist.");
	expect(within(panel).getByRole("link", { name: "Release" }).getAttribute("href")).toBe("/acme/workflows/release");
	fireEvent.click(within(panel).getByRole("button", { name: "Add NPM_TOKEN" }));
	expect(await screen.findByRole("textbox", { name: "Name" })).toHaveProperty("value", "NPM_TOKEN");
});

test("keys and values are replaced under the names that steps read", async () => {
	openPage({ credentials: [{ ...credentials[0], name: "CLOUD", type: "key-value", parts: ["ID", "SECRET"] }] });
	fireEvent.keyDown(await screen.findByRole("button", { name: "More about CLOUD" }), { key: "Enter" });
	fireEvent.click(await screen.findByRole("menuitem", { name: "Replace the value" }));
	const dialog = await screen.findByRole("dialog", { name: "Replace CLOUD" });
	const shown = within(dialog).getAllByRole("textbox", { name: /^Name/ });
	expect(shown.map((input) => input.getAttribute("value"))).toEqual(["ID", "SECRET"]);
});

test("what a credential takes one of is chosen, not typed", async () => {
	openPage({ credentials: [{ ...credentials[0], name: "OLLAMA", type: "llm" }] });
	fireEvent.keyDown(await screen.findByRole("button", { name: "More about OLLAMA" }), { key: "Enter" });
	fireEvent.click(await screen.findByRole("menuitem", { name: "Replace the value" }));
	const dialog = await screen.findByRole("dialog", { name: "Replace OLLAMA" });
	fireEvent.click(within(dialog).getByRole("button", { name: "Replace" }));
	expect(within(dialog).getByText("Choose a provider.")).toBeTruthy();
	fireEvent.keyDown(within(dialog).getByRole("combobox", { name: "Provider" }), { key: "Enter" });
	fireEvent.click(await screen.findByRole("option", { name: "OpenAI" }));
	expect(within(dialog).queryByText("Choose a provider.")).toBeNull();
});

test("an operator is told that the team’s are not shown, and that they have none of their own", async () => {
	openPage({ credentials: [] }, "operator");
	expect(await screen.findByRole("heading", { name: "No credentials of your own yet" })).toBeTruthy();
	expect(screen.getByText(/You see your own credentials here, not those of the team/)).toBeTruthy();
});
