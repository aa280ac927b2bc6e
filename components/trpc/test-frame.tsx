import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import type { ReactNode } from "react";
import { vi } from "vitest";
import type { Role } from "@/server/teams/permissions";
import type { AppRouter } from "@/server/trpc/router";
import { ViewerProvider } from "../shell/viewer-context";
import { TRPCProvider } from "./client";
import { createQueryClient } from "./query-client";

/** Answers a call by its path, as the server would; a thrown `Refusal` is the server saying no. */
export type Answers = Record<string, (input: unknown) => unknown>;

/**
 * What a component needs around it in a test: its router is watched, its server is a table of answers, and who looks at it
 * has a role in the team “acme”.
 */
export function createTestFrame(answers: Answers, role: Role = "owner") {
	const viewer = testViewer(role);
	const router = {
		push: vi.fn(),
		replace: vi.fn(),
		back: vi.fn(),
		forward: vi.fn(),
		refresh: vi.fn(),
		prefetch: vi.fn(),
		bfcacheId: "test",
	};
	const onError = vi.fn();
	const queryClient = createQueryClient({ onSessionEnded: vi.fn(), onWaiting: vi.fn(), onError });
	const client = createTRPCClient<AppRouter>({ links: [answeringLink(answers)] });
	const frame = (children: ReactNode) => (
		<AppRouterContext.Provider value={router}>
			<QueryClientProvider client={queryClient}>
				<TRPCProvider trpcClient={client} queryClient={queryClient}>
					<ViewerProvider value={viewer}>{children}</ViewerProvider>
				</TRPCProvider>
			</QueryClientProvider>
		</AppRouterContext.Provider>
	);
	return { frame, router, onError, queryClient };
}

function testViewer(role: Role) {
	const user = {
		id: "tess",
		name: "Tess",
		email: "tess@acme.example",
		isAddressVerified: false,
		image: null,
		initials: null,
		theme: null,
		timeZone: null,
	};
	const team = { id: "acme", name: "Acme", slug: "acme", formerSlugs: [], role };
	return {
		user,
		team,
		teams: [team],
		inbox: { unread: 0, changedAt: null },
		sendsMail: false,
		signOut: async () => {},
	};
}

function answeringLink(answers: Answers): TRPCLink<AppRouter> {
	return () =>
		({ op }) =>
			observable((observer) => {
				const answer = async () => {
					const reply = answers[op.path];
					if (!reply) throw new Error(`The test has no answer for ${op.path}.`);
					return reply(op.input);
				};
				answer().then(
					(data) => {
						observer.next({ result: { type: "data", data } });
						observer.complete();
					},
					(error: unknown) => observer.error(toClientError(error)),
				);
			});
}

/** How the server says no. */
export class Refusal extends Error {
	constructor(
		readonly httpStatus: number,
		message: string,
	) {
		super(message);
	}
}

/** A refusal arrives as tRPC's error shape, everything else as a connection that broke. */
function toClientError(error: unknown): TRPCClientError<AppRouter> {
	if (!(error instanceof Refusal))
		return TRPCClientError.from(error instanceof Error ? error : new Error(String(error)));
	const data = { code: "BAD_REQUEST", httpStatus: error.httpStatus } as const;
	return TRPCClientError.from({ error: { message: error.message, code: -32_600, data } });
}
