// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answers, createTestFrame, Refusal } from "../../trpc/test-frame";
import { WorkflowsPage } from "./workflows-page";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const nightly = {
	id: "1",
	slug: "nightly",
	name: "Nightly clean-up",
	description: "Python and JavaScript",
	triggers: ["manual"],
	version: 3,
	draftProblems: 0,
	unreadable: null,
	editedBy: { name: "Mara Lindqvist" },
	editedAt: new Date(),
	runs: [{ number: 1, isTest: false, status: "completed", at: new Date() }],
	succeeded: 1,
	medianMs: 8_100,
	lastRun: { number: 1, isTest: false, status: "completed", at: new Date() },
};
const draft = { ...nightly, id: "2", slug: "notes", name: "Release notes", version: null, draftProblems: 2, runs: [] };

function openPage(answers: Answers) {
	const { frame, router } = createTestFrame(answers);
	render(frame(<WorkflowsPage team="acme" />));
	return router;
}

/** The table and the list of phones each have a menu; the first is the table's. */
function chooseFromMenu([trigger]: HTMLElement[], item: string): void {
	fireEvent.keyDown(trigger ?? document.body, { key: "Enter" });
	fireEvent.click(screen.getByRole("menuitem", { name: item }));
}

describe("WorkflowsPage", () => {
	it("lists the workflows with their problems and how they did", async () => {
		openPage({ "workflows.list": () => [nightly, { ...draft, succeeded: null, medianMs: null, lastRun: null }] });
		const [link] = await screen.findAllByRole("link", { name: "Nightly clean-up" });
		expect(link?.getAttribute("href")).toBe("/acme/workflows/nightly");
		expect(screen.getByText("100 %")).toBeDefined();
		expect(screen.getByTitle("The draft has 2 problems")).toBeDefined();
	});

	it("says of a workflow that cannot be read why, and what to do", async () => {
		const unreadable = "This workflow cannot be read. Update Weft to open it.";
		openPage({ "workflows.list": () => [nightly, { ...draft, unreadable }] });
		expect(await screen.findAllByText(unreadable)).toHaveLength(2);
		expect(screen.getAllByText("Nightly clean-up")).not.toHaveLength(0);
	});

	it("finds a workflow by every word that is typed", async () => {
		openPage({ "workflows.list": () => [nightly, draft] });
		await screen.findAllByText("Release notes");
		fireEvent.change(screen.getByRole("searchbox"), { target: { value: "clean python" } });
		expect(screen.queryByText("Release notes")).toBeNull();
		fireEvent.change(screen.getByRole("searchbox"), { target: { value: "nothing like it" } });
		fireEvent.click(screen.getByRole("button", { name: "Show all" }));
		expect(screen.getAllByText("Release notes")).not.toHaveLength(0);
	});

	it("says what to do when there is none", async () => {
		openPage({ "workflows.list": () => [] });
		await screen.findByText("No workflows yet");
		expect(screen.getAllByRole("button", { name: "Import YAML" })).toHaveLength(2);
		expect(screen.getAllByRole("button", { name: "New workflow" })).toHaveLength(2);
	});

	it("makes one workflow and opens it, however often the button is pressed", async () => {
		const create = vi.fn(() => ({ slug: "untitled-workflow" }));
		const router = openPage({ "workflows.list": () => [nightly], "workflows.create": create });
		await screen.findAllByText("Nightly clean-up");
		fireEvent.click(screen.getByRole("button", { name: "New workflow" }));
		const blank = screen.getByRole("option", { name: /Blank canvas/ });
		fireEvent.click(blank);
		fireEvent.click(blank);
		await waitFor(() => expect(router.push).toHaveBeenCalledWith("/acme/workflows/untitled-workflow"));
		expect(create).toHaveBeenCalledTimes(1);
	});

	it("begins one with a template that its words find, the team's own first", async () => {
		const template = { name: "Invoices", description: "Reads sums", steps: 8, isOwn: false };
		const choices = [
			{ ...template, slug: "ours", name: "Our invoices", isOwn: true },
			{ ...template, slug: "invoices" },
			{ ...template, slug: "uptime", name: "Uptime", description: "Asks addresses" },
		];
		const router = openPage({ "workflows.list": () => [nightly], "templates.choices": () => choices });
		await screen.findAllByText("Nightly clean-up");
		fireEvent.click(screen.getByRole("button", { name: "New workflow" }));
		await screen.findByRole("option", { name: /Uptime/ });
		const search = screen.getByRole("combobox");
		fireEvent.change(search, { target: { value: "sums" } });
		const names = screen.getAllByRole("option").map((option) => option.textContent);
		expect(names).toEqual([expect.stringMatching(/^Our invoices/), expect.stringMatching(/^Invoices/)]);
		fireEvent.keyDown(search, { key: "ArrowDown" });
		fireEvent.keyDown(search, { key: "Enter" });
		await waitFor(() => expect(router.push).toHaveBeenCalledWith("/acme/templates/invoices/use"));
	});

	it("begins with an empty canvas or a file when the templates cannot be read", async () => {
		openPage({
			"workflows.list": () => [nightly],
			"templates.choices": () => {
				throw new Refusal(403, "The templates cannot be read.");
			},
		});
		await screen.findAllByText("Nightly clean-up");
		fireEvent.click(screen.getByRole("button", { name: "New workflow" }));
		await screen.findByText("The templates cannot be read.");
		expect(screen.getByRole("option", { name: /Blank canvas/ })).toBeDefined();
		fireEvent.click(screen.getByRole("option", { name: /Import YAML/ }));
		await screen.findByRole("dialog", { name: "Import a workflow" });
	});

	it("offers to try again when the list cannot be read", async () => {
		const list = vi.fn(() => [nightly]);
		let broken = true;
		openPage({
			"workflows.list": () => {
				if (broken) throw new Refusal(403, "Your role does not allow this.");
				return list();
			},
		});
		await screen.findByText("Your role does not allow this.");
		broken = false;
		fireEvent.click(screen.getByRole("button", { name: "Try again" }));
		await screen.findAllByText("Nightly clean-up");
	});

	it("asks for the archived ones when they are wanted, and leads back from none", async () => {
		const list = vi.fn((input: unknown) => (Reflect.get(Object(input), "archived") ? [] : [nightly]));
		openPage({ "workflows.list": list });
		await screen.findAllByText("Nightly clean-up");
		fireEvent.click(screen.getByRole("button", { name: "Archived" }));
		await screen.findByText("Nothing is archived");
		fireEvent.click(screen.getByRole("button", { name: "Back to the list" }));
		await screen.findAllByText("Nightly clean-up");
	});

	it("offers to archive a workflow that has runs instead of deleting it", async () => {
		const archive = vi.fn();
		openPage({ "workflows.list": () => [nightly], "workflows.archive": archive });
		chooseFromMenu(await screen.findAllByRole("button", { name: "More about Nightly clean-up" }), "Delete");
		await screen.findByText("Nightly clean-up has runs, so it cannot be deleted");
		fireEvent.click(screen.getByRole("button", { name: "Archive workflow" }));
		await waitFor(() => expect(archive).toHaveBeenCalledWith({ team: "acme", slug: "nightly" }));
	});

	it("offers the same when the first run was started meanwhile", async () => {
		const fresh = { ...draft, lastRun: null };
		openPage({
			"workflows.list": () => [fresh],
			"workflows.remove": () => {
				throw new Refusal(409, "“Release notes” has runs.");
			},
		});
		chooseFromMenu(await screen.findAllByRole("button", { name: "More about Release notes" }), "Delete");
		fireEvent.click(await screen.findByRole("button", { name: "Delete workflow" }));
		await screen.findByRole("button", { name: "Archive workflow" });
	});

	it("duplicates a workflow and opens the copy", async () => {
		const router = openPage({
			"workflows.list": () => [nightly],
			"workflows.duplicate": () => ({ slug: "copy-of-nightly", name: "Copy of Nightly clean-up" }),
		});
		chooseFromMenu(await screen.findAllByRole("button", { name: "More about Nightly clean-up" }), "Duplicate");
		await waitFor(() => expect(router.push).toHaveBeenCalledWith("/acme/workflows/copy-of-nightly"));
	});

	it("leads from a published workflow to making a template of it", async () => {
		const router = openPage({ "workflows.list": () => [nightly] });
		chooseFromMenu(
			await screen.findAllByRole("button", { name: "More about Nightly clean-up" }),
			"Publish as a template",
		);
		await waitFor(() => expect(router.push).toHaveBeenCalledWith("/acme/templates?publish=nightly"));
	});

	it("exports the draft unless the published version is chosen, and says which", async () => {
		const exported = vi.fn((_input: unknown) => ({ yaml: "version: 1\n" }));
		const writeText = vi.fn(async (_text: string) => {});
		vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
		openPage({ "workflows.list": () => [nightly], "workflows.exportYaml": exported });
		chooseFromMenu(await screen.findAllByRole("button", { name: "More about Nightly clean-up" }), "Export YAML");
		await screen.findByText("The draft as it was last saved, whether it is published or not.");
		fireEvent.click(screen.getByRole("button", { name: "Copy" }));
		await waitFor(() =>
			expect(exported).toHaveBeenLastCalledWith({ team: "acme", slug: "nightly", version: undefined }),
		);
		fireEvent.click(screen.getByRole("radio", { name: "v3, published" }));
		await screen.findByText("Version 3 as it was published. It is what Run starts.");
		await waitFor(() => expect(screen.getByRole("button", { name: "Copy" }).hasAttribute("disabled")).toBe(false));
		fireEvent.click(screen.getByRole("button", { name: "Copy" }));
		await waitFor(() => expect(exported).toHaveBeenLastCalledWith({ team: "acme", slug: "nightly", version: 3 }));
		await waitFor(() => expect(writeText).toHaveBeenCalledTimes(2));
		vi.unstubAllGlobals();
	});

	it("points out what looks like a secret before it is exported, and exports it when it is asked again", async () => {
		// Put together here, so that no scanner takes this file for a leak.
		const yaml = ["# psql postgres://app", "hunter2-hunter2@db.acme.dev/main"].join(":");
		const writeText = vi.fn(async (_text: string) => {});
		vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
		openPage({ "workflows.list": () => [nightly], "workflows.exportYaml": () => ({ yaml }) });
		chooseFromMenu(await screen.findAllByRole("button", { name: "More about Nightly clean-up" }), "Export YAML");
		fireEvent.click(await screen.findByRole("button", { name: "Copy" }));
		expect((await screen.findByRole("alert")).textContent).toContain("1 value in it looks like a secret");
		expect(writeText).not.toHaveBeenCalled();
		fireEvent.click(screen.getByRole("button", { name: "Copy" }));
		await waitFor(() => expect(writeText).toHaveBeenCalledWith(yaml));
		vi.unstubAllGlobals();
	});

	it("says who edited a workflow, and which of its runs are tests", async () => {
		const last = { number: 2, isTest: true, status: "failed", at: new Date() };
		openPage({ "workflows.list": () => [{ ...nightly, runs: [...nightly.runs, last], lastRun: last }] });
		await screen.findByText("by Mara Lindqvist");
		expect(screen.getByTitle("Test 2: failed")).toBeDefined();
		expect(screen.getByTitle("Run 2, a test of the draft")).toBeDefined();
	});

	it("opens the import with a workflow that is pasted anywhere", async () => {
		const importYaml = vi.fn(() => ({ slug: "pasted", issues: [] }));
		const router = openPage({ "workflows.list": () => [nightly], "workflows.importYaml": importYaml });
		const yaml = "name: Pasted\nnodes:\n  - id: a\n    type: shell\n";
		const paste = new Event("paste", { bubbles: true });
		Object.assign(paste, { clipboardData: { getData: () => yaml } });
		document.body.dispatchEvent(paste);
		fireEvent.click(await screen.findByRole("button", { name: "Import" }));
		await waitFor(() => expect(router.push).toHaveBeenCalledWith("/acme/workflows/pasted"));
		expect(importYaml).toHaveBeenCalledWith({ team: "acme", yaml });
	});

	it("shows where a text that cannot be imported is wrong", async () => {
		openPage({
			"workflows.list": () => [],
			"workflows.importYaml": () => {
				throw new Refusal(400, "Line 3, column 5: expected a list of nodes.");
			},
		});
		await screen.findByText("No workflows yet");
		fireEvent.click(screen.getAllByRole("button", { name: "Import YAML" })[0] ?? document.body);
		fireEvent.change(screen.getByLabelText("YAML"), { target: { value: "nodes: 3" } });
		fireEvent.click(screen.getByRole("button", { name: "Import" }));
		await screen.findByText("Line 3, column 5: expected a list of nodes.");
	});
});
