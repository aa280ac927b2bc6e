import Link from "next/link";
import type { ReactNode } from "react";
import { createAccountPath, signInPath } from "../auth/return-path";
import { Button } from "../ui/button";
import { Brand } from "../ui/mark";

interface PublicFrameProps {
	/** Whether accounts are made here. */
	canSignUp: boolean;
	children: ReactNode;
}

/** Around the gallery for somebody who has not signed in. */
export function PublicFrame({ canSignUp, children }: PublicFrameProps) {
	return (
		<div className="grid h-dvh grid-rows-[52px_minmax(0,1fr)]">
			<header className="flex items-center gap-1 border-line border-b bg-page px-5 phone:px-4">
				<Link href="/" aria-label="Weft" className="flex items-center rounded-2 phone:min-h-11">
					<Brand />
				</Link>
				<Button asChild intent="ghost" className="ml-auto">
					<Link href={signInPath("/templates")}>Sign in</Link>
				</Button>
				{canSignUp && (
					<Button asChild>
						<Link href={createAccountPath("/templates")}>Create account</Link>
					</Button>
				)}
			</header>
			<main className="flex min-h-0 min-w-0 flex-col bg-panel">{children}</main>
		</div>
	);
}
