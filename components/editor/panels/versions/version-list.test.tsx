// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Answers, createTestFrame, Refusal } from "@/components/trpc/test-frame";
import { Toaster } from "@/components/ui/toasts/toaster";
import { testPlan } from "@/server/plan/test-plan";
import { createTestSaving } from "../../test-editor";
import { VersionList } from "./version-list";

afterEach(cleanup);

const plan = testPlan(["a"], []);
const versionOf = (version: number, changes = {}) => ({
	version,
	note: `Note ${version}`,
	publishedAt: new Date(0),
	publishedBy: { id: "m", name: "Mara Lindqvist" },
	isCurrent: false,
	...changes,
});
const three = { items: [versionOf(3, { isCurrent: true }), versionOf(2), versionOf(1)], next: undefined };

function openVersions(answers: Answers) {
	const saving = createTestSaving(plan);
	const onCompare = vi.fn();
	const onExport = vi.fn();
	const { frame } = createTestFrame(answers);
	render(
		frame(
			<>
				<VersionList team="acme" slug="release" saving={saving} onCompare={onCompare} onExport={onExport} />
				<Toaster />
			</>,
		),
	);
	return { saving, onCompare, onExport };
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

/** Chooses a version and says yes to the question. */
async function restore(version: number): Promise<void> {
	await screen.findByText(`v${version}`);
	press(`Restore v${version}`);
	await screen.findByRole("alertdialog", { name: `Restore version ${version}?` });
	press(`Restore v${version}`);
}

describe("the list of versions", () => {
	it("says of each who published it and why, and which one runs", async () => {
		openVersions({ "workflows.versions": () => three });
		const [newest, ...older] = await screen.findAllByRole("listitem");
		expect(newest?.textContent).toMatch(/^v3published.*Note 3.*Mara Lindqvist/);
		expect(older.map(({ textContent }) => textContent?.includes("published"))).toEqual([false, false]);
	});

	it("names what has neither a note nor a person any more", async () => {
		openVersions({
			"workflows.versions": () => ({ ...three, items: [versionOf(1, { note: "", publishedBy: null })] }),
		});
		expect((await screen.findByRole("listitem")).textContent).toMatch(/No note.*Weft/);
	});

	it("says what to do before the first one", async () => {
		openVersions({ "workflows.versions": () => ({ items: [], next: undefined }) });
		await screen.findByText("No versions yet");
		expect(screen.getByText(/Press Publish/)).toBeDefined();
	});

	it("offers to try again when it cannot be read", async () => {
		let isBroken = true;
		openVersions({
			"workflows.versions": () => {
				if (isBroken) throw new Refusal(403, "Your role does not allow this.");
				return three;
			},
		});
		await screen.findByText("Your role does not allow this.");
		isBroken = false;
		press("Try again");
		await screen.findByText("Note 3");
	});

	it("goes on to older ones, and says when those cannot be read", async () => {
		let isBroken = true;
		const versions = vi.fn((input: unknown) => {
			if (Reflect.get(Object(input), "before") === undefined) return { items: [versionOf(51)], next: 51 };
			if (isBroken) throw new Refusal(403, "Your role does not allow this.");
			return { items: [versionOf(50)], next: undefined };
		});
		openVersions({ "workflows.versions": versions });
		await screen.findByText("Note 51");
		press("Show older versions");
		await screen.findByText("Your role does not allow this.");
		expect(screen.getByText("Note 51")).toBeDefined();
		isBroken = false;
		press("Try again");
		await screen.findByText("Note 50");
		expect(screen.queryByRole("button", { name: "Show older versions" })).toBeNull();
	});

	it("hands a version on to be compared and exported", async () => {
		const { onCompare, onExport } = openVersions({ "workflows.versions": () => three });
		await screen.findByText("v2");
		press("Compare v2 with the draft");
		press("Export v1");
		expect([onCompare.mock.calls, onExport.mock.calls]).toEqual([[[2]], [[1]]]);
	});
});

describe("restoring a version", () => {
	it("asks first, and does nothing when the answer is no", async () => {
		const restored = vi.fn();
		const { saving } = openVersions({ "workflows.versions": () => three, "workflows.restore": restored });
		await screen.findByText("v2");
		press("Restore v2");
		await screen.findByRole("alertdialog", { name: "Restore version 2?" });
		press("Cancel");
		await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
		expect([restored, saving.saveNow].map((call) => call.mock.calls)).toEqual([[], []]);
	});

	it("saves the draft first, then puts the version in its place", async () => {
		const restored = vi.fn((_input: unknown) => ({ status: "saved", revision: 43, plan }));
		const { saving } = openVersions({ "workflows.versions": () => three, "workflows.restore": restored });
		await restore(2);
		await waitFor(() => expect(saving.replace).toHaveBeenCalledWith({ plan, revision: 43 }));
		expect(restored).toHaveBeenCalledWith({ team: "acme", slug: "release", version: 2, revision: 42 });
		await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
		await screen.findByText("The draft is version 2 again");
	});

	it("changes nothing when somebody saved meanwhile, and says what to do", async () => {
		const { saving } = openVersions({
			"workflows.versions": () => three,
			"workflows.restore": () => ({ status: "conflict" }),
		});
		await restore(2);
		await screen.findByText("Somebody saved just now. Look at what was saved, then restore again.");
		expect(saving.replace).not.toHaveBeenCalled();
	});

	it("does not begin while the draft cannot be saved", async () => {
		const restored = vi.fn();
		const { saving } = openVersions({ "workflows.versions": () => three, "workflows.restore": restored });
		saving.saveNow.mockRejectedValue(new Refusal(403, "Your role does not allow this."));
		await restore(2);
		await waitFor(() => expect(saving.saveNow).toHaveBeenCalledTimes(1));
		expect(restored).not.toHaveBeenCalled();
	});
});
