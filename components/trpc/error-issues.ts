import { TRPCClientError } from "@trpc/client";
import { z } from "zod";
import type { Issue } from "@/server/plan/issue";

const issuesSchema = z.object({
	weft: z.object({
		issues: z.array(
			z.object({
				severity: z.enum(["error", "warning"]),
				nodeId: z.string().optional(),
				field: z.string().optional(),
				code: z.string(),
				message: z.string(),
				suggestion: z.string().optional(),
			}),
		),
	}),
});

/** The problems that a refused call lists besides its message. */
export function errorIssues(error: unknown): Issue[] {
	if (!(error instanceof TRPCClientError)) return [];
	const read = issuesSchema.safeParse(error.data);
	return read.success ? read.data.weft.issues : [];
}
