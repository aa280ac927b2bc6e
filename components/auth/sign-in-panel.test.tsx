// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TooltipProvider } from "../ui/tooltip";
import type { AuthActions } from "./actions";
import { SignInPanel } from "./sign-in-panel";

afterEach(cleanup);

interface Ways {
	actions?: Partial<AuthActions>;
	providers?: ("github" | "google")[];
	demo?: boolean;
	isNew?: boolean;
}

function openPanel({ actions, providers = [], demo = true, isNew }: Ways) {
	const refuse = vi.fn(async () => ({ error: "not expected" }));
	const all = { signIn: refuse, createAccount: refuse, tryDemo: refuse, signInWith: refuse, ...actions };
	render(
		<TooltipProvider>
			<SignInPanel actions={all} providers={providers} demo={demo} returnTo="/acme/workflows" isNew={isNew} />
		</TooltipProvider>,
	);
}

function hrefOf(link: string): string | null {
	return screen.getByRole("link", { name: link }).getAttribute("href");
}

describe("SignInPanel", () => {
	it("sends what was typed and the page to return to, and keeps the address after a refusal", async () => {
		const sent: Record<string, FormDataEntryValue>[] = [];
		const signIn: AuthActions["signIn"] = async (_state, form) => {
			sent.push(Object.fromEntries(form));
			return { error: "Wrong e-mail or password." };
		};
		openPanel({ actions: { signIn } });
		fireEvent.change(screen.getByLabelText("E-mail"), { target: { value: "mara@acme.dev" } });
		fireEvent.change(screen.getByLabelText("Password"), { target: { value: "wrong" } });
		fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
		await screen.findByText("Wrong e-mail or password.");
		expect(sent).toEqual([{ email: "mara@acme.dev", password: "wrong", next: "/acme/workflows" }]);
		expect(screen.getByDisplayValue("mara@acme.dev")).toBeDefined();
	});

	it("comes in as the demo user with one click", async () => {
		const tryDemo = vi.fn(async () => ({}));
		openPanel({ actions: { tryDemo } });
		fireEvent.click(screen.getByRole("button", { name: "Try it" }));
		await waitFor(() => expect(tryDemo).toHaveBeenCalledTimes(1));
	});

	it("offers only what is set up on this server", () => {
		openPanel({ providers: ["github"], demo: false });
		expect(screen.getByRole("button", { name: "GitHub" })).toBeDefined();
		expect(screen.queryByRole("button", { name: "Google" })).toBeNull();
		expect(screen.queryByRole("button", { name: "Try it" })).toBeNull();
	});

	it("leads to the form for a new account and back, and keeps the page to return to", () => {
		openPanel({});
		expect(screen.queryByLabelText("Name")).toBeNull();
		expect(hrefOf("Create one")).toBe("/sign-in?next=%2Facme%2Fworkflows&new=1");
		cleanup();
		openPanel({ isNew: true });
		expect(screen.getByLabelText("Name")).toBeDefined();
		expect(screen.getByRole("heading", { name: "Create your account" })).toBeDefined();
		expect(hrefOf("Sign in")).toBe("/sign-in?next=%2Facme%2Fworkflows");
	});
});
