import { z } from "zod";
import { artifactRefSchema } from "../artifacts/artifact-ref";
import { jsonSchema } from "../plan/values/json";
import { truncationSchema } from "../plan/values/truncated-value";

/** How much memory a program may take. @param help whose processes it counts for */
export function memoryLimitField(help: string) {
	return z.int().min(64).max(1_048_576).default(4_096).meta({ label: "Memory limit (MB)", help, advanced: true });
}

const environmentName = z
	.string()
	.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "Use letters, digits and _, not starting with a digit");

/** The variables of a program, to which credentials add their own. */
export function environmentField(help: string) {
	return z
		.record(environmentName, jsonSchema)
		.default({})
		.meta({ label: "Environment", help, widget: "key-value", credential: "entries" });
}

/** Whether a program may reach others. */
export const networkField = z.enum(["on", "off"]).default("on").meta({
	label: "Network",
	help: "Off cuts the step off from every network, the services of this machine included. That needs a sandbox: see Settings, Workers.",
	advanced: true,
});

/** The files of other steps that a program is handed. */
/** For steps that send files on. */
export const attachedFilesField = jsonSchema.default(null).meta({
	label: "Files",
	help: "Files of earlier steps: a list of them, or one.",
	placeholder: "{{ steps.build.output.artifacts }}",
	widget: "json",
	missing: "null",
	advanced: true,
});

export const filesField = jsonSchema.default(null).meta({
	label: "Files of other steps",
	help: "Put into the folder at $WEFT_FILES before the start, under their own names. A list of files, or one of them.",
	placeholder: "{{ steps.build.output.artifacts }}",
	widget: "json",
	missing: "null",
	advanced: true,
});

const streams = {
	stdout: z.string().optional().meta({ label: "Output", help: "Up to 1 MB. More is left in a file: see truncated." }),
	stderr: z.string().optional().meta({ label: "Error output", help: "Up to 1 MB. More is left in a file." }),
	/** Stands for the streams that are too long to be handed on: they are left out, so that no part passes as whole. */
	truncated: z
		.object({ stdout: truncationSchema.optional(), stderr: truncationSchema.optional() })
		.optional()
		.meta({ label: "Too long to hand on" }),
	artifacts: z.array(artifactRefSchema).optional().meta({
		label: "Files",
		help: "What it left in the folder at $WEFT_ARTIFACTS, in the order of their names; left out when there is none.",
	}),
};

const programStreams = z.object(streams);
export type ProgramStreams = z.infer<typeof programStreams>;

/** What a program leaves even when it fails: how it ended, and what it printed. */
export const programResult = z.object({ exitCode: z.int().meta({ label: "Exit code" }), ...streams });

/** The same, with the values that a program handed on. */
export const programOutput = programResult.catchall(jsonSchema);
