// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Answers } from "@/components/trpc/test-frame";
import { planSchema } from "@/server/plan/plan";
import { openInspector } from "./test-inspector";

afterEach(cleanup);

const row = { hint: "", isPersonal: false, addedBy: null, updatedAt: new Date(0), lastUsedAt: null };
const credentials = [
	{ ...row, id: "1", name: "github", type: "token", parts: [""], hint: "…q7Xw" },
	{ ...row, id: "2", name: "registry", type: "basic", parts: ["user", "password"] },
	{ ...row, id: "3", name: "pager", type: "header", parts: ["", "name", "value"] },
];

function openCall(config: object, answers: Answers = {}) {
	const node = { id: "call", type: "http-request", name: "Call", config: { url: "https://example.com", ...config } };
	const plan = planSchema.parse({ version: 1, nodes: [node] });
	const known = ["github", "registry.user", "registry.password", "pager", "pager.name", "pager.value"];
	const list = () => ({ credentials, refusal: null });
	return openInspector(plan, {
		selected: ["call"],
		credentials: known,
		answers: { "credentials.list": list, ...answers },
	});
}

async function openMenu() {
	const button = await screen.findByRole("button", { name: "Choose a credential" });
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
		{ "credentials.set": () => ({ id: "4", references: ["deploy"], warning: null }) },
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
	const refusal = "Your role in this team is editor; to change credentials of the team you need to be admin or above.";
	const { configOf } = openCall({ auth: "bearer" }, { "credentials.list": () => ({ credentials, refusal }) });
	await openMenu();
	fireEvent.click(screen.getByRole("menuitem", { name: "Add a credential" }));
	const choice = await screen.findByRole("switch", { name: /Only for me/ });
	expect([choice.getAttribute("aria-checked"), choice.hasAttribute("disabled")]).toEqual(["true", true]);
	expect(screen.getByText(refusal)).toBeTruthy();
	fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
	await openMenu();
	fireEvent.click(screen.getByRole("menuitem", { name: /github/ }));
	expect(configOf("call")).toMatchObject({ authSecret: "{{ secrets.github }}" });
});
