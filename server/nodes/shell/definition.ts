import { z } from "zod";
import { defineNode } from "../../plan/node-definition";
import {
	environmentField,
	filesField,
	memoryLimitField,
	networkField,
	programOutput,
	programResult,
} from "../program-fields";

export const shellDefinition = defineNode({
	type: "shell",
	title: "Shell",
	description: "Runs a command or a script with bash in the run's workspace.",
	icon: "square-terminal",
	keywords: ["bash", "command", "terminal", "cli", "script", "sh", "exec", "git", "npm", "docker"],
	category: "code",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: z.strictObject({
		command: z
			.string()
			.min(1, "Enter the command to run")
			.max(100_000, "A command holds at most 100,000 characters")
			.meta({
				label: "Command",
				help: "Run by bash, or by what a first line such as #!/usr/bin/env python3 names; it stops at the first command that fails. Append name=value lines or JSON to $WEFT_OUTPUT to hand values on, and leave files in the folder $WEFT_ARTIFACTS.",
				placeholder: "npm test",
				widget: "code",
				language: "shell",
				references: "shell",
			}),
		env: environmentField("Variables that the command sees. Nothing else of the server's environment is passed on."),
		workingDirectory: z.string().max(1_000).optional().meta({
			label: "Working directory",
			help: "A directory inside the run's workspace.",
			placeholder: "packages/web",
			advanced: true,
		}),
		allowedExitCodes: z
			.array(z.int().min(0).max(255))
			.min(1)
			.max(256)
			.default([0])
			.meta({ label: "Success exit codes", help: "Other codes fail the step.", placeholder: "0, 2", advanced: true }),
		files: filesField,
		memoryMb: memoryLimitField("For each process of the command."),
		network: networkField,
	}),
	output: programOutput,
	leftByFailure: programResult,
	command: ({ command }) => (typeof command === "string" ? `$ ${command.trim()}` : undefined),
	summary: ({ command }) => summarizeCommand(typeof command === "string" ? command : ""),
});

/** The first line that does something: no shebang, comment or `set -e`. */
function summarizeCommand(command: string): string {
	const lines = command.split("\n").map((line) => line.trim());
	return lines.find((line) => line !== "" && !line.startsWith("#") && !/^set [-+]/.test(line)) ?? "No command yet";
}
