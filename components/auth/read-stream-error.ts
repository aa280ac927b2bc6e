import { httpStatus, isWorthRetrying } from "../trpc/error-text";
import { noteSessionEnd } from "./session";

/** Why a stream of events broke: whether opening it again soon may help. An ended session asks for signing in. */
export function readStreamError(error: unknown): boolean {
	if (httpStatus(error) === 401) noteSessionEnd("read");
	return isWorthRetrying(error);
}
