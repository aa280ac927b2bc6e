import { expect, test } from "vitest";
import { packagesOfFirstLoad } from "./test-first-load";

const SMALL = ["class-variance-authority", "clsx", "react", "react/jsx-runtime", "tailwind-merge", "zustand"];
const NEXT = ["next/dynamic", "next/link", "next/navigation", "next/offline"];

test("what stands around every page, messages included, brings nothing but what joins class names", async () => {
	const files = ["app/layout.tsx", "app/error.tsx", "app/global-error.tsx", "app/not-found.tsx"];
	expect(await strangersIn(files, [])).toEqual([]);
});

test.each([
	["the gallery", ["app/templates/layout.tsx", "app/templates/page.tsx"]],
	["a template", ["app/templates/layout.tsx", "app/templates/[slug]/page.tsx"]],
	["a shared run", ["app/share/[token]/page.tsx"]],
	["a shared workflow", ["components/share/shared-workflow-page.tsx"]],
	["a link with a password", ["components/share/link-password.tsx"]],
	["the start page", ["app/page.tsx"]],
	["signing in", ["app/sign-in/page.tsx"]],
	["a decision by mail", ["app/decide/[token]/page.tsx"]],
	["an invitation", ["app/join/[token]/page.tsx"]],
])("%s is seen without the canvas, schemas, a client of tRPC or anything that opens", async (_page, files) => {
	expect(await strangersIn(files, ["lucide-react", "radix-ui: Slot"])).toEqual([]);
});

test("a workflow is drawn before anything that opens: menus, dialogs, lists to choose from, tooltips, text editors, and what reads schedules", async () => {
	const files = ["app/[team]/layout.tsx", "app/[team]/workflows/[slug]/page.tsx"];
	const names = await packagesOfFirstLoad(files);
	expect(names.filter((name) => /^(radix-ui|@codemirror|cmdk|sonner|yaml|croner)/.test(name))).toEqual([
		"radix-ui: RadioGroup",
		"radix-ui: Slot",
		"radix-ui: Tabs",
	]);
});

async function strangersIn(files: string[], known: string[]): Promise<string[]> {
	const names = await packagesOfFirstLoad(files);
	return names.filter((name) => ![...SMALL, ...NEXT, ...known].includes(name));
}
