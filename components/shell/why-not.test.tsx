// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { createTestFrame } from "../trpc/test-frame";
import { useRefusal } from "./why-not";

afterEach(cleanup);

function Entry() {
	return <p>{useRefusal("audit:view") ?? "allowed"}</p>;
}

test("a list of actions says why a role may not do one, and who could", async () => {
	const { frame } = createTestFrame({ "members.whoCan": () => ["Mara", "Jonas"] }, "editor");
	render(frame(<Entry />));
	expect(
		await screen.findByText(
			"Your role in this team is editor; to read the audit log you need to be admin or above. Mara or Jonas can do it.",
		),
	).toBeDefined();
});

test("nobody is asked who could where the viewer may", () => {
	const { frame, onError } = createTestFrame({}, "admin");
	render(frame(<Entry />));
	expect(screen.getByText("allowed")).toBeDefined();
	expect(onError).not.toHaveBeenCalled();
});
