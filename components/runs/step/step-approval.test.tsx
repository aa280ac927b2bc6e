// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { createTestFrame } from "../../trpc/test-frame";
import { DecisionButtons, useDecision } from "./step-approval";

afterEach(cleanup);

const step = { nodeId: "ask", iteration: "" };

function Buttons({ approvers }: { approvers: string[] }) {
	const wait = { for: "approval" as const, message: "Ship it?", fields: [], approvers, question: "2 call" };
	return <DecisionButtons decision={useDecision({ team: "acme", runId: "r" }, step, wait)} />;
}

test.each([
	[
		["tess@acme.example"],
		"This asks tess@acme.example, and whether that address is yours is not verified. Your account",
	],
	[["dana@acme.example"], "Only dana@acme.example may decide this."],
])("whoever may not decide what asks %j is told why", async (approvers, why) => {
	render(createTestFrame({}, "operator").frame(<Buttons approvers={approvers} />));
	const button = screen.getByRole("button", { name: "Approve" });
	button.focus();
	expect(await screen.findAllByText(new RegExp(`^${why.replaceAll(".", "\\.")}`))).not.toEqual([]);
});

test("a decision names the question that was read", async () => {
	const decide = vi.fn();
	render(createTestFrame({ "runs.decide": decide }, "operator").frame(<Buttons approvers={[]} />));
	screen.getByRole("button", { name: "Approve" }).click();
	await vi.waitFor(() => expect(decide).toHaveBeenCalledWith(expect.objectContaining({ question: "2 call" })));
});
