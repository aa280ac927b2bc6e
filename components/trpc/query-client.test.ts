import { TRPCClientError } from "@trpc/client";
import { expect, it, vi } from "vitest";
import { createQueryClient } from "./query-client";

function refuse(): Promise<never> {
	const refused = { error: { message: "Sign in.", code: -32_001, data: { httpStatus: 401 } } };
	return Promise.reject(TRPCClientError.from(refused));
}

it("takes what nobody asked for as reading when the session has ended, and tells no error of it", async () => {
	const reactions = { onSessionEnded: vi.fn(), onWaiting: vi.fn(), onError: vi.fn() };
	const client = createQueryClient(reactions);
	const mutate = (meta: { isBackground?: boolean }) =>
		client.getMutationCache().build(client, { mutationFn: refuse, meta }).execute(undefined).catch(vi.fn());
	await mutate({ isBackground: true });
	await mutate({});
	expect(reactions.onSessionEnded.mock.calls).toEqual([["read"], ["change"]]);
	expect(reactions.onError).not.toHaveBeenCalled();
});
