import { expect, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { planSchema } from "../plan";
import { replaceCredential } from "./replace-credential";

test("every reference to a credential reads the other one, behind ?? too; words and code stay", () => {
	const plan = planSchema.parse({
		version: 1,
		nodes: [
			{
				id: "send",
				type: "shell",
				name: "Send token",
				config: {
					command: "echo {{ secrets.token }} token {{ secrets.tokens }}",
					env: { TOKEN: "{{ inputs.token ?? secrets.token }}", OTHER: "{{ secrets.token.part }}" },
				},
			},
			{ id: "wait", type: "comment", name: "Wait", config: { text: "secrets.token" } },
		],
	});
	const replaced = replaceCredential(plan, { from: "token", to: "GH_token" }, catalog);
	expect(replaced.nodes[0]?.config).toEqual({
		command: "echo {{ secrets.GH_token }} token {{ secrets.tokens }}",
		env: { TOKEN: "{{ inputs.token ?? secrets.GH_token }}", OTHER: "{{ secrets.GH_token.part }}" },
	});
	expect(replaced.nodes[1]).toBe(plan.nodes[1]);
});
