import { z } from "zod";
import { WORKFLOW_LIMITS } from "./workflow-limits";

/** What a slug may be that somebody chooses, on a screen or in a file. */
export const slugSchema = z
	.string()
	.min(1, "Enter an address.")
	.max(WORKFLOW_LIMITS.slug, `An address holds at most ${WORKFLOW_LIMITS.slug} characters.`)
	.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Use lower-case letters, digits and single hyphens between them.");
