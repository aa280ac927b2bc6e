import { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { filesField, memoryLimitField, networkField, programOutput, programResult } from "../program-fields";

export const pythonDefinition = defineNode({
	type: "python",
	title: "Python",
	description: "Runs a Python 3 script in the run's workspace.",
	icon: "file-code-2",
	keywords: ["py", "script", "code", "pandas", "notebook"],
	category: "code",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: z.strictObject({
		code: z.string().min(1, "Enter the code to run").max(500_000, "A script holds at most 500,000 characters").meta({
			label: "Code",
			help: "Read values from input, a dict; set output, a dict, to hand values on (integers of more than 15 digits as text). Files that it leaves in the folder $WEFT_ARTIFACTS are kept.",
			placeholder: 'output = {"total": sum(input["prices"])}',
			widget: "code",
			language: "python",
			references: "none",
		}),
		input: z.record(z.string().min(1).max(200), jsonSchema).default({}).meta({
			label: "Input",
			help: "What the code reads as input. A value that is one reference keeps its type.",
			widget: "key-value",
			credential: "entries",
		}),
		files: filesField,
		memoryMb: memoryLimitField("For each process of the script."),
		network: networkField,
	}),
	output: programOutput,
	needs: { kind: "program", name: "Python 3", help: "Runs its Python steps" },
	leftByFailure: programResult,
	summary: ({ code }) => summarizeCode(typeof code === "string" ? code : ""),
});

/** The first line that does something: no comment and, when there is anything else, no import. */
function summarizeCode(code: string): string {
	const lines = code.split("\n").map((line) => line.trim());
	const statements = lines.filter((line) => line !== "" && !line.startsWith("#"));
	return statements.find((line) => !/^(import|from)\s/.test(line)) ?? statements[0] ?? "No code yet";
}
