import { expect, test } from "vitest";
import { ROLES } from "@/db/schema/teams";
import { allows } from "@/server/teams/permissions";
import { approvalDefinition } from "./definition";

test("an approval needs only its message", () => {
	expect(approvalDefinition.config.parse({ message: "Ship it?" })).toEqual({
		message: "Ship it?",
		fields: [],
		approvers: [],
		mailTo: [],
		needsNoAccount: false,
		slackPeople: [],
		onTimeout: "decline",
	});
});

test("approvers are e-mail addresses and roles that may decide", () => {
	const approvers = ["mara@acme.dev", ...ROLES.filter((role) => allows(role, "run:decide"))];
	expect(approvalDefinition.config.safeParse({ message: "?", approvers }).success).toBe(true);
	for (const approver of [...ROLES.filter((role) => !allows(role, "run:decide")), "Mara", ""]) {
		const parsed = approvalDefinition.config.safeParse({ message: "?", approvers: [approver] });
		expect(parsed.error?.issues[0]?.message).toBe("Enter an e-mail address, or a role such as admin");
	}
});

test.each([
	[{}, "anyone who may run this"],
	[{ approvers: ["admin"] }, "for admin"],
	[{ approvers: ["admin", "mara@acme.dev"] }, "1 of 2 approvers"],
	[{ approvers: "{{ inputs.approvers }}" }, "anyone who may run this"],
])("the node shows %j as %s", (config, summary) => {
	expect(approvalDefinition.summary(config)).toBe(summary);
});
