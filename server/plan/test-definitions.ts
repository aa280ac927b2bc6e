import { z } from "zod";
import { formFieldSchema } from "./form-field";
import { defineNode, type NodeDefinition } from "./node-definition";
import { isObject, jsonSchema } from "./values/json";

const shared = {
	description: "For tests.",
	icon: "box",
	keywords: [],
	canFail: () => true,
	output: z.unknown(),
	summary: () => "",
} as const;

/** A small catalog that has one of everything that the core of plans tells apart. */
export const testDefinitions = {
	shell: defineNode({
		...shared,
		type: "shell",
		title: "Shell",
		category: "code",
		kind: "step",
		hasEffect: true,
		ports: () => ["out"],
		config: z.strictObject({
			command: z.string().min(1, "Write the command to run").meta({ label: "Command", references: "shell" }),
			env: z.record(z.string(), jsonSchema).default({}).meta({ label: "Environment", widget: "key-value" }),
		}),
	}),
	transform: defineNode({
		...shared,
		type: "transform",
		title: "Transform",
		category: "data",
		kind: "step",
		hasEffect: false,
		ports: () => ["out"],
		config: z.strictObject({
			input: z.record(z.string(), jsonSchema).default({}).meta({ label: "Input" }),
			code: z.string().default("").meta({ label: "Code", references: "none" }),
			seconds: z.number().min(1).max(10).optional().meta({ label: "Seconds" }),
			mode: z.enum(["fast", "slow"]).optional().meta({ label: "Mode" }),
		}),
	}),
	condition: defineNode({
		...shared,
		type: "condition",
		title: "Condition",
		category: "flow",
		kind: "step",
		hasEffect: false,
		output: z.object({ result: z.boolean() }),
		ports: () => ["true", "false"],
		config: z.strictObject({
			when: z.string().min(1, "Write the condition").meta({ label: "When", widget: "cel", references: "none" }),
		}),
	}),
	approval: defineNode({
		...shared,
		type: "approval",
		title: "Approval",
		category: "people",
		kind: "wait",
		hasEffect: true,
		ports: () => ["approved", "declined"],
		config: z.strictObject({
			message: z.string().default("").meta({ label: "Message" }),
			fields: z.array(formFieldSchema).default([]).meta({ label: "Form", widget: "form-fields" }),
		}),
	}),
	loop: defineNode({
		...shared,
		type: "loop",
		title: "Loop",
		category: "flow",
		kind: "container",
		body: { runs: "rounds", vars: ({ vars }) => (isObject(vars) ? vars : {}), summary: () => undefined },
		hasEffect: true,
		ports: () => ["out", "exhausted"],
		config: z.strictObject({
			stopWhen: z.string().optional().meta({ label: "Stop when", widget: "cel", references: "none" }),
			vars: z.record(z.string(), jsonSchema).default({}).meta({ label: "Variables" }),
			next: z.record(z.string(), jsonSchema).default({}).meta({ label: "Next", references: "none" }),
		}),
	}),
	"for-each": defineNode({
		...shared,
		type: "for-each",
		title: "For each",
		category: "flow",
		kind: "container",
		body: { runs: "items", items: ({ items }) => (Array.isArray(items) ? items : []), summary: () => undefined },
		hasEffect: true,
		ports: () => ["out"],
		config: z.strictObject({ items: jsonSchema.default([]).meta({ label: "Items" }) }),
	}),
} satisfies Record<string, NodeDefinition>;
