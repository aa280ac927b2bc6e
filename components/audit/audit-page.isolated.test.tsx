// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { Role } from "@/server/teams/permissions";
import { createTestFrame, Refusal } from "../trpc/test-frame";
import { AuditPage } from "./audit-page";

vi.mock("next/navigation", async (original) => ({
	...(await original()),
	usePathname: () => "/acme/settings/audit",
}));
afterEach(cleanup);

const mara = { kind: "user", id: "mara", name: "Mara Lindqvist" };
const nothing = { detail: {}, before: null, after: null, address: null, workflow: null, runNumber: null };
const entries = [
	{
		...{ ...nothing, id: 3, at: new Date(), actor: mara, action: "member.role_changed", targetType: "member" },
		...{ targetId: "sam", detail: { name: "Sam Okafor" }, before: { role: "viewer" }, after: { role: "operator" } },
		address: "203.0.113.14",
	},
	{
		...{ ...nothing, id: 2, at: new Date(), actor: mara, action: "run.cancelled", targetType: "run", targetId: "r" },
		...{ workflow: { slug: "port", name: "Port a module" }, runNumber: 1259, detail: { reason: "wrong branch" } },
	},
];

function openPage(
	list: (input: unknown) => unknown,
	{ role = "admin", workflow = "" }: { role?: Role; workflow?: string } = {},
) {
	const { frame } = createTestFrame(
		{
			"audit.list": list,
			"audit.count": (input: unknown) => ({
				...{ count: 10_000, isMore: true },
				isSearchCut: typeof input === "object" && input !== null && "q" in input,
			}),
			"members.list": () => [{ userId: "mara", name: "Mara Lindqvist" }],
			"members.whoCan": () => ["Mara Lindqvist"],
			"workflows.list": () => [],
		},
		role,
	);
	render(frame(<AuditPage team="acme" workflow={workflow} />));
}

it("says who did what, what was changed to what, and from where", async () => {
	openPage(() => ({ items: entries, next: undefined }));
	const row = await screen.findByRole("row", { name: /Sam Okafor/ });
	const cells = within(row).getAllByRole("cell");
	expect(cells[1]?.textContent).toContain("Mara Lindqvist");
	expect(cells[2]?.textContent).toContain("changed the role of Sam Okafor");
	expect(cells[3]?.textContent).toBe("role: viewer → operator, from 203.0.113.14");
	expect(screen.getByRole("row", { name: /cancelled Port a module 1259/ }).textContent).toContain("“wrong branch”");
});

it("shows older entries after the newest when asked", async () => {
	const list = vi.fn((input: unknown) =>
		typeof input === "object" && input !== null && "before" in input && input.before === "3"
			? { items: entries.slice(1), next: undefined }
			: { items: entries.slice(0, 1), next: "3" },
	);
	openPage(list);
	fireEvent.click(await screen.findByRole("button", { name: "Show older entries" }));
	expect(await screen.findByRole("row", { name: /Port a module/ })).toBeDefined();
	expect(screen.getByRole("row", { name: /Sam Okafor/ })).toBeDefined();
	expect(screen.queryByRole("button", { name: "Show older entries" })).toBeNull();
});

it("exports what is filtered as CSV or JSON lines", async () => {
	openPage(() => ({ items: entries, next: undefined }));
	fireEvent.keyDown(await screen.findByRole("combobox", { name: "Who" }), { key: "Enter" });
	fireEvent.keyDown(await screen.findByRole("option", { name: "Mara Lindqvist" }), { key: "Enter" });
	fireEvent.keyDown(await screen.findByRole("button", { name: "Export" }), { key: "Enter" });
	const hrefOf = (name: string) => screen.getByRole("menuitem", { name }).getAttribute("href");
	expect(hrefOf("CSV")).toBe("/api/audit?team=acme&actor=mara&format=csv");
	expect(hrefOf("JSON lines")).toBe("/api/audit?team=acme&actor=mara&format=jsonl");
});

it("searches once the words stand still, counts what is found, and exports just that", async () => {
	const list = vi.fn(() => ({ items: entries, next: undefined }));
	openPage(list);
	expect(await screen.findByText("2 of more than 10,000")).toBeDefined();
	fireEvent.change(screen.getByRole("searchbox", { name: "Search the audit log" }), { target: { value: " port " } });
	expect(await screen.findByText(/searched in the newest 50,000/)).toBeDefined();
	expect(list).toHaveBeenLastCalledWith(expect.objectContaining({ q: "port" }));
	fireEvent.keyDown(screen.getByRole("button", { name: "Export" }), { key: "Enter" });
	expect(screen.getByRole("menuitem", { name: "CSV" }).getAttribute("href")).toBe(
		"/api/audit?team=acme&q=port&format=csv",
	);
});

it("begins with the workflow from whose menu somebody came", async () => {
	const list = vi.fn(() => ({ items: entries, next: undefined }));
	openPage(list, { workflow: "port" });
	await screen.findByRole("row", { name: /Port a module/ });
	expect(list).toHaveBeenLastCalledWith(expect.objectContaining({ workflow: "port" }));
});

it("leads back from a filter that finds nothing", async () => {
	openPage(() => ({ items: [], next: undefined }));
	expect(await screen.findByText("Nothing here")).toBeDefined();
	expect(screen.getByRole("button", { name: "Show all" })).toBeDefined();
});

it("says why the log could not be read, and offers to try again", async () => {
	openPage(() => {
		throw new Refusal(404, "There is no such workflow in this team.");
	});
	const alert = await screen.findByRole("alert");
	expect(alert.textContent).toContain("There is no such workflow in this team.");
	expect(within(alert).getByRole("button", { name: "Try again" })).toBeDefined();
});

it("says to an editor who may read it, and asks for nothing", async () => {
	const list = vi.fn();
	openPage(list, { role: "editor" });
	await screen.findByText(/to read the audit log you need to be admin or above\. Mara Lindqvist can do it\./);
	expect(list).not.toHaveBeenCalled();
});

it("says when nothing is found that older entries were not searched, and how they are found", async () => {
	openPage(() => ({ items: [], next: undefined }));
	fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "port" } });
	expect(
		await screen.findByText(/None of the newest 50,000 entries says this\. Older ones are found without words/),
	).toBeDefined();
});
