// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TooltipProvider } from "../ui/tooltip";
import type { AuthActions, SignUpState } from "./actions";
import { SignInPanel } from "./sign-in-panel";

afterEach(cleanup);

interface Ways {
	actions?: Partial<AuthActions>;
	providers?: ("github" | "google")[];
	demo?: boolean;
	isNew?: boolean;
	signUp?: SignUpState;
}

const OPEN: SignUpState = { isOpen: true, isFirst: false };
const INVITED: SignUpState = { isOpen: false, reason: "Accounts are made by invitation. Ask an admin." };

function openPanel({ actions, isNew, providers = [], demo = true, signUp = OPEN }: Ways) {
	const refuse = vi.fn(async () => ({ error: "not expected" }));
	const all = { signIn: refuse, createAccount: refuse, tryDemo: refuse, signInWith: refuse, ...actions };
	render(
		<TooltipProvider>
			<SignInPanel {...{ providers, demo, signUp, isNew }} actions={all} returnTo="/acme/workflows" />
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
