import { z } from "zod";
import { jsonSchema } from "../plan/json";

/** How much memory a program may take. @param help whose processes it counts for */
export function memoryLimitField(help: string) {
	return z.int().min(64).max(1_048_576).default(4_096).meta({ label: "Memory limit (MB)", help, advanced: true });
}

/** What a program leaves: how it ended, what it printed, and the values that it handed on. */
export const programOutput = z
	.object({
		exitCode: z.int().meta({ label: "Exit code" }),
		stdout: z.string().meta({ label: "Output", help: "The last 64 KB; the whole text is in the log." }),
		stderr: z.string().meta({ label: "Error output", help: "The last 64 KB; the whole text is in the log." }),
	})
	.catchall(jsonSchema);
