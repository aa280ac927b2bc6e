// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { type Answers, Refusal } from "@/components/trpc/test-frame";
import { planSchema } from "@/server/plan/plan";
import type { Role } from "@/server/teams/permissions";
import { openInspector } from "./test-inspector";

afterEach(cleanup);

const row = { hint: "", isPersonal: false, addedBy: null, updatedAt: new Date(0), lastUsedAt: null };
const credentials = [
	{ ...row, id: "1", name: "github", type: "token", parts: [""], hint: "…q7Xw" },
	{ ...row, id: "2", name: "registry", type: "basic", parts: ["user", "password"] },
	{ ...row, id: "3", name: "pager", type: "header", parts: ["", "name", "value"] },
];

interface TestServer {
	answers?: Answers;
	/** Of whoever looks. */
	role?: Role;
}

function openCall(config: object, server: TestServer = {}) {
	return openStep("http-request", { url: "https://example.com", ...config }, server);
}

function openStep(type: string, config: object, { answers = {}, role }: TestServer = {}) {
	const node = { id: "call", type, name: "Call", config };
	const plan = planSchema.parse({ version: 1, nodes: [node] });
	const known = ["github", "registry.user", "registry.password", "pager", "pager.name", "pager.value"];
	const list = () => ({ credentials });
	return openInspector(plan, {
		selected: ["call"],
		credentials: known,
		answers: { "credentials.list": list, ...answers },
		...(role && { role }),
	});
}

async function openMenu(name = "Choose a credential") {
	const button = await screen.findByRole("button", { name });
	fireEvent.keyDown(button, { key: "Enter" });
	await screen.findByRole("menuitem", { name: "Add a credential" });
	return screen.getAllByRole("menuitem").map(({ textContent }) => textContent);
}

test("a field that wants a credential offers those that fit, and the chosen one fills in the fields it is for", async () => {
	const { configOf } = openCall({ auth: "basic" });
	expect(await openMenu()).toEqual(["registry", "Add a credential"]);
	fireEvent.click(screen.getByRole("menuitem", { name: "registry" }));
	expect(configOf("call")).toMatchObject({
		authUser: "{{ secrets.registry.user }}",
		authSecret: "{{ secrets.registry.password }}",
	});
	expect(await screen.findByRole("button", { name: "registry" })).toBeTruthy();
});

test("what fits follows the other fields", async () => {
	const { configOf } = openCall({ auth: "header" });
	expect(await openMenu()).toEqual(["github…q7Xw", "pager", "Add a credential"]);
	fireEvent.click(screen.getByRole("menuitem", { name: "pager" }));
	expect(configOf("call")).toMatchObject({ authHeader: "{{ secrets.pager.name }}", authSecret: "{{ secrets.pager }}" });
	expect(screen.queryByText(/Enter the name of a header/)).toBeNull();
});

test("one that is added in place is chosen at once, and no longer missing", async () => {
	const { configOf, loaded } = openCall(
		{ auth: "bearer" },
		{ answers: { "credentials.set": () => ({ id: "4", parts: [""], warning: null }) } },
	);
	await loaded();
	await openMenu();
	fireEvent.click(screen.getByRole("menuitem", { name: "Add a credential" }));
	fireEvent.click(await screen.findByRole("button", { name: "Add" }));
	expect(await screen.findByText("Enter a name, such as DEPLOY_TOKEN.")).toBeTruthy();
	expect(screen.getByText("Enter the token.")).toBeTruthy();
	fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "deploy" } });
	fireEvent.change(screen.getByRole("textbox", { name: "Token" }), { target: { value: "0123456789" } });
	fireEvent.click(screen.getByRole("button", { name: "Add" }));
	expect(await screen.findByRole("button", { name: "deploy" })).toBeTruthy();
	expect(configOf("call")).toMatchObject({ authSecret: "{{ secrets.deploy }}" });
	expect(screen.queryByText(/The team has no credential deploy/)).toBeNull();
});

test("those who may not add to the team’s see why, and may add their own and use what is there", async () => {
	const refusal = "Your role in this team is editor; to manage the team’s credentials you need to be admin or above.";
	const whoCan = { "members.whoCan": () => ["Ada"] };
	const { configOf } = openCall({ auth: "bearer" }, { role: "editor", answers: whoCan });
	await openMenu();
	fireEvent.click(screen.getByRole("menuitem", { name: "Add a credential" }));
	const choice = await screen.findByRole("switch", { name: /Only for me/ });
	expect([choice.getAttribute("aria-checked"), choice.getAttribute("aria-disabled")]).toEqual(["true", "true"]);
	expect(await screen.findByText(`${refusal} Ada can do it.`)).toBeTruthy();
	fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
	await openMenu();
	fireEvent.click(screen.getByRole("menuitem", { name: /github/ }));
	expect(configOf("call")).toMatchObject({ authSecret: "{{ secrets.github }}" });
});

test.each([
	["shell", "env", { command: "true" }],
	["python", "input", { code: "pass" }],
	["transform", "input", { code: "return 1" }],
])("a %s step takes those of every type, each by the names of what it holds", async (type, field, config) => {
	const { configOf } = openStep(type, { ...config, [field]: { github: "taken" } });
	const choose = async (name: RegExp) => {
		await openMenu("Use a credential");
		fireEvent.click(screen.getByRole("menuitem", { name }));
	};
	await choose(/github/);
	await choose(/registry/);
	await choose(/registry/);
	expect(configOf("call")?.[field]).toEqual({
		github: "taken",
		github_2: "{{ secrets.github }}",
		registry_user: "{{ secrets.registry.user }}",
		registry_password: "{{ secrets.registry.password }}",
	});
});

test("a prompt is sent with the key of a credential, where a real model answers", async () => {
	const { configOf } = openStep("llm", { provider: "anthropic", prompt: "Hello" });
	expect(await openMenu()).toEqual(["github…q7Xw", "Add a credential"]);
	fireEvent.click(screen.getByRole("menuitem", { name: /github/ }));
	expect(configOf("call")).toMatchObject({ apiKey: "{{ secrets.github }}" });
	cleanup();
	const demo = openStep("llm", { provider: "demo", prompt: "Hello" });
	await demo.loaded();
	expect(screen.queryByRole("button", { name: "Choose a credential" })).toBeNull();
});

test("one that a step reads and nobody has any more is added again from its problem", async () => {
	const { loaded } = openStep(
		"shell",
		{ command: "echo {{ secrets.gone }}" },
		{ answers: { "credentials.set": () => ({ id: "4", parts: [""], warning: null }) } },
	);
	await loaded();
	fireEvent.click(await screen.findByRole("button", { name: "Add gone" }));
	expect(await screen.findByRole("textbox", { name: "Name" })).toHaveProperty("value", "gone");
	fireEvent.change(screen.getByRole("textbox", { name: "Token" }), { target: { value: "short" } });
	expect(screen.getByText(/fewer than 8 characters are not hidden/)).toBeTruthy();
	fireEvent.change(screen.getByRole("textbox", { name: "Token" }), { target: { value: "0123456789" } });
	expect(screen.queryByText(/are not hidden/)).toBeNull();
	fireEvent.click(screen.getByRole("button", { name: "Add" }));
	await waitFor(() => expect(screen.queryByText(/The team has no credential gone/)).toBeNull());
});

test("a credential is tried before it is saved, and what came of it goes when the form changes", async () => {
	const tried: unknown[] = [];
	const answer = (input: unknown) => {
		tried.push(input);
		return { verdict: "works", message: "The server answered with 200." };
	};
	openCall({ auth: "bearer" }, { answers: { "credentials.testValues": answer } });
	await openMenu();
	fireEvent.click(screen.getByRole("menuitem", { name: "Add a credential" }));
	const url = await screen.findByRole("textbox", { name: /Test it at/ });
	fireEvent.change(url, { target: { value: "https://example.com/me" } });
	fireEvent.keyDown(url, { key: "Enter" });
	expect(await screen.findByText("Enter the token.")).toBeTruthy();
	fireEvent.change(screen.getByRole("textbox", { name: "Token" }), { target: { value: "0123456789" } });
	fireEvent.click(screen.getByRole("button", { name: "Test" }));
	expect(await screen.findByText("The server answered with 200.")).toBeTruthy();
	expect(tried).toEqual([
		{ team: "acme", type: "token", values: { token: "0123456789" }, url: "https://example.com/me" },
	]);
	fireEvent.change(screen.getByRole("textbox", { name: "Token" }), { target: { value: "0123456789a" } });
	expect(screen.queryByText("The server answered with 200.")).toBeNull();
});

test("a name that somebody else has taken meanwhile is told", async () => {
	const taken = "Somebody else has just added a credential deploy.";
	const set = () => {
		throw new Refusal(409, taken);
	};
	openCall({ auth: "bearer" }, { answers: { "credentials.set": set } });
	await openMenu();
	fireEvent.click(screen.getByRole("menuitem", { name: "Add a credential" }));
	fireEvent.change(await screen.findByRole("textbox", { name: "Name" }), { target: { value: "deploy" } });
	fireEvent.change(screen.getByRole("textbox", { name: "Token" }), { target: { value: "0123456789" } });
	fireEvent.click(screen.getByRole("button", { name: "Add" }));
	expect(await screen.findByText(taken)).toBeTruthy();
});
