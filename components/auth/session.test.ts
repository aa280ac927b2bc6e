import { beforeEach, expect, it, vi } from "vitest";
import { noteSessionEnd, noteSignedIn, onSignedInAgain, session } from "./session";

beforeEach(() => session.setState(session.getInitialState(), true));

it("asks for signing in once while pages only read, and again for what somebody wants done", () => {
	noteSessionEnd("read");
	expect(session.getState()).toEqual({ isEnded: true, isAsking: true });
	session.setState({ isAsking: false });
	noteSessionEnd("read");
	expect(session.getState().isAsking).toBe(false);
	noteSessionEnd("change");
	expect(session.getState().isAsking).toBe(true);
});

it("tells what waits that somebody has signed in again", () => {
	const goOn = vi.fn();
	const stop = onSignedInAgain(goOn);
	noteSignedIn();
	expect(goOn).not.toHaveBeenCalled();
	noteSessionEnd("change");
	noteSignedIn();
	expect(goOn).toHaveBeenCalledTimes(1);
	stop();
	noteSessionEnd("change");
	noteSignedIn();
	expect(goOn).toHaveBeenCalledTimes(1);
});
