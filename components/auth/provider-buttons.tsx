"use client";

import type { ReactNode } from "react";
import { Button } from "../ui/button";
import type { AuthAction } from "./actions";
import { FormProblem } from "./credential-fields";
import { useAuthAction } from "./use-auth-action";

export type OAuthProvider = "github" | "google";

const BRANDS = {
	github: {
		name: "GitHub",
		icon: (
			<path d="M12 .5C5.65.5.5 5.65.5 12c0 5.08 3.29 9.39 7.86 10.91.58.1.79-.25.79-.55v-2.15c-3.2.7-3.87-1.36-3.87-1.36-.52-1.33-1.28-1.68-1.28-1.68-1.04-.71.08-.7.08-.7 1.15.08 1.76 1.18 1.76 1.18 1.03 1.76 2.69 1.25 3.35.96.1-.75.4-1.26.73-1.55-2.55-.29-5.24-1.28-5.24-5.69 0-1.26.45-2.28 1.18-3.09-.12-.29-.51-1.46.11-3.05 0 0 .96-.31 3.16 1.18a10.9 10.9 0 0 1 5.76 0c2.19-1.49 3.15-1.18 3.15-1.18.63 1.59.23 2.76.11 3.05.74.81 1.18 1.83 1.18 3.09 0 4.42-2.69 5.39-5.25 5.68.41.36.78 1.06.78 2.14v3.17c0 .31.21.66.8.55A11.51 11.51 0 0 0 23.5 12C23.5 5.65 18.35.5 12 .5z" />
		),
	},
	google: {
		name: "Google",
		icon: (
			<>
				<path d="M21.6 12.23c0-.71-.06-1.39-.18-2.05H12v3.87h5.38a4.6 4.6 0 0 1-2 3.02v2.51h3.24c1.89-1.74 2.98-4.31 2.98-7.35z" />
				<path d="M12 22c2.7 0 4.96-.9 6.62-2.42l-3.24-2.51c-.9.6-2.04.96-3.38.96-2.6 0-4.81-1.76-5.6-4.12H3.06v2.59A10 10 0 0 0 12 22z" />
				<path d="M6.4 13.9a6 6 0 0 1 0-3.82V7.49H3.06a10 10 0 0 0 0 9z" />
				<path d="M12 5.98c1.47 0 2.79.5 3.82 1.5l2.87-2.87A10 10 0 0 0 3.06 7.49L6.4 10.08C7.19 7.72 9.4 5.98 12 5.98z" />
			</>
		),
	},
} satisfies Record<OAuthProvider, { name: string; icon: ReactNode }>;

interface ProviderButtonsProps {
	providers: readonly OAuthProvider[];
	action: AuthAction;
	returnTo: string;
}

export function ProviderButtons({ providers, action, returnTo }: ProviderButtonsProps) {
	const { error, send, busy } = useAuthAction(action);
	return (
		<form action={send} className="grid grid-flow-col gap-2 [grid-auto-columns:1fr]">
			<input type="hidden" name="next" value={returnTo} />
			{providers.map((provider) => (
				<Button key={provider} type="submit" name="provider" value={provider} size="auth" disabled={busy}>
					<svg viewBox="0 0 24 24" aria-hidden="true" className="fill-current text-ink">
						{BRANDS[provider].icon}
					</svg>
					{BRANDS[provider].name}
				</Button>
			))}
			<FormProblem error={error} />
		</form>
	);
}
