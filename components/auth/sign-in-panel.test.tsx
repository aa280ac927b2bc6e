// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { AuthActions, SignUpState } from "./actions";
import { SignInPanel } from "./sign-in-panel";

afterEach(cleanup);

interface Ways {
	actions?: Partial<AuthActions>;
	providers?: ("github" | "google")[];
	demo?: boolean;
	isNew?: boolean;
	signUp?: SignUpState;
	returnTo?: string;
	invited?: { team: string; email: string | null };
}

const OPEN: SignUpState = { isOpen: true, isFirst: false };
const INVITED: SignUpState = { isOpen: false, reason: "Accounts are made by invitation. Ask an admin." };

function openPanel({ actions, providers = [], demo = true, signUp = OPEN, ...rest }: Ways) {
	const refuse = vi.fn(async () => ({ error: "not expected" }));
	const returnTo = "/acme/workflows";
	const all = { signIn: refuse, createAccount: refuse, tryDemo: refuse, signInWith: refuse, ...actions };
	render(<SignInPanel {...{ providers, demo, signUp, returnTo, ...rest }} actions={all} />);
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

	it("says to somebody invited which team they join, with the address that it is for, and offers no demo", () => {
		openPanel({ isNew: true, invited: { team: "Acme", email: "dana@acme.dev" } });
		expect(screen.getByText("Your account joins Acme at once. The invitation is for dana@acme.dev.")).toBeDefined();
		expect(screen.getByLabelText("E-mail")).toHaveProperty("value", "dana@acme.dev");
		expect(screen.queryByRole("button", { name: "Try it" })).toBeNull();
		cleanup();
		openPanel({ invited: { team: "Acme", email: null } });
		expect(screen.getByText("Then you can join Acme.")).toBeDefined();
		expect(screen.getByLabelText("E-mail")).toHaveProperty("value", "");
	});

	it.each([
		["/share/token/clone", "Then you can clone the shared workflow."],
		["/templates/invoices/use", "Then you can use the template."],
		["/acme/workflows", "Workflows that are drawn, and that finish."],
	])("says what follows where %s waits", (returnTo, text) => {
		openPanel({ returnTo });
		expect(screen.getByText(text)).toBeDefined();
	});

	it("says before it sends a password that it is too long", () => {
		const createAccount = vi.fn(async () => ({}));
		openPanel({ isNew: true, actions: { createAccount } });
		fireEvent.change(screen.getByLabelText("Password"), { target: { value: "x".repeat(1_001) } });
		fireEvent.click(screen.getByRole("button", { name: "Create account" }));
		expect(screen.getByText("Use 1,000 characters at most for the password.")).toBeDefined();
		expect(createAccount).not.toHaveBeenCalled();
	});

	it("says who may make an account where not everybody may, and shows no form that would be refused", () => {
		openPanel({ signUp: INVITED, providers: ["github"] });
		expect(screen.queryByRole("link", { name: "Create one" })).toBeNull();
		expect(screen.getByText(/Accounts are made by invitation. Ask an admin./)).toBeDefined();
		cleanup();
		openPanel({ signUp: INVITED, providers: ["github"], isNew: true });
		expect(screen.getByText("Accounts are made by invitation. Ask an admin.")).toBeDefined();
		expect(screen.queryByLabelText("Name")).toBeNull();
		expect(screen.queryByRole("button", { name: "GitHub" })).toBeNull();
		expect(hrefOf("Sign in")).toBe("/sign-in?next=%2Facme%2Fworkflows");
	});

	it("tells the first person that the server will be theirs to administer", () => {
		openPanel({ signUp: { isOpen: true, isFirst: true }, isNew: true });
		expect(screen.getByText("You are the first here. Your account will administer this server.")).toBeDefined();
		expect(screen.getByLabelText("Name")).toBeDefined();
	});
});
