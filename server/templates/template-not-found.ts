import { WeftError } from "@/server/errors";

/** The same for one that never was, one that was taken back, and one that the person may not see. */
export function templateNotFound(slug: string): WeftError {
	return new WeftError("not_found", `There is no template “${slug}”. It may have been unpublished.`);
}
