// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { planSchema } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { LiteralSecrets } from "./literal-secrets";

afterEach(cleanup);

test("each value that looks like a secret leads to its place, and none is repeated", () => {
	const password = "hunter2-hunter2";
	const command = ["psql postgres://app", `${password}@db.acme.dev/main`].join(":");
	const nodes = [{ id: "a", type: "shell", name: "Dump", config: { command } }];
	const plan = planSchema.parse({ version: 1, nodes });
	const issues = validatePlan(plan, { definitions: catalog }).filter(({ code }) => code === "literal_secret");
	const onShow = vi.fn();
	render(<LiteralSecrets plan={plan} issues={issues} onShow={onShow} />);
	expect(screen.getByRole("alert").textContent).toContain("1 value looks like a secret.");
	expect(document.body.textContent).not.toContain(password);
	fireEvent.click(screen.getByRole("button", { name: "Dump: config.command" }));
	expect(onShow).toHaveBeenCalledWith(issues[0]);
});
