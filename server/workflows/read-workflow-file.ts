import { parse } from "yaml";
import { z } from "zod";
import { WeftError } from "@/server/errors";
import { parsePlan } from "@/server/plan/parse-plan";
import type { Plan } from "@/server/plan/plan";

const headSchema = z.looseObject({
	name: z.string().max(120).default("Untitled"),
	description: z.string().max(2_000).default(""),
});

/** A workflow's file: its name, what it is for, and its plan. Throws `invalid` with the problems of a file that is none. */
export function readWorkflowFile(text: string): { name: string; description: string; plan: Plan } {
	const { name, description, ...rest } = headSchema.parse(parse(text, { maxAliasCount: 0 }));
	const { plan, issues } = parsePlan(rest);
	if (!plan) throw new WeftError("invalid", "This file is no workflow. See the problems.", { issues });
	return { name, description, plan };
}
