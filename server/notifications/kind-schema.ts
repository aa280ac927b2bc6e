import { z } from "zod";
import { isKindName } from "./catalog";

/** The name of a kind, as requests say it. */
export const kindSchema = z.string().max(64).refine(isKindName, "There is no such kind of notification.");
