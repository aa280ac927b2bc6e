import { ImageResponse } from "next/og";
import { afterEach, expect, test, vi } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { drawableText } from "./drawable-text";
import { OG_SIZE, OgPicture, type OgPictureProps } from "./og-picture";

afterEach(() => vi.unstubAllGlobals());

test.each([
	["a long name", "x".repeat(5_000)],
	["emoji and other scripts", "🚀🧑‍🚀 שלום مرحبا 日本語 นี่"],
	["markup", "<svg onload=alert(1)></svg>&amp;{{ secrets.A }}"],
	["nothing that can be drawn", "\u202e\u0000\n\ud800"],
])("draws %s without asking any network", async (_, name) => {
	const asked: string[] = [];
	// The layout engine takes its own code in by an address of data.
	const load = fetch;
	vi.stubGlobal("fetch", async (address: string) => {
		if (address.startsWith("data:")) return await load(address);
		asked.push(address);
		throw new Error("There is no network here.");
	});
	const plan = testPlan([{ id: "a", type: "shell", name: name.slice(0, 100), config: { command: "true" } }]);
	expect(await draw({ title: name, line: name, plan, run: { look: "failed", steps: { a: "failed" } } })).toBe("PNG");
	expect(asked).toEqual([]);
});

test.each([0, 300, 1_500])("draws a plan of %i steps", async (count) => {
	const ids = Array.from({ length: count }, (_, n) => `step_${n}`);
	const plan = testPlan(ids.map((id) => ({ id, type: "shell", name: id, config: { command: "true" } })));
	expect(await draw({ title: "Large", line: "Acme", plan })).toBe("PNG");
});

test("takes out what the font of pictures cannot draw, and says something in any case", () => {
	expect(drawableText("Release 🚀 checklist", 30, "Workflow")).toBe("Release checklist");
	expect(drawableText("Über Größe – “now”", 30, "Workflow")).toBe("Über Größe – “now”");
	expect(drawableText("日本語", 30, "Workflow")).toBe("Workflow");
	expect(drawableText("A very long name", 7, "Workflow")).toBe("A very…");
});

async function draw(props: OgPictureProps): Promise<string> {
	const bytes = await new ImageResponse(<OgPicture {...props} />, OG_SIZE).arrayBuffer();
	return Buffer.from(bytes).subarray(1, 4).toString("latin1");
}
