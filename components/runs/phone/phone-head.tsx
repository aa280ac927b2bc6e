"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { IconButton } from "@/components/ui/icon-button";
import type { TeamRunScreen } from "../use-run-screen";
import { PhoneRunHead } from "./phone-run-head";

/** What the run is, how it stands, and the way back to the others. */
export function PhoneHead({ screen }: { screen: TeamRunScreen }) {
	const { team, run } = screen;
	return (
		<PhoneRunHead screen={screen}>
			<IconButton label="All runs" asChild>
				<Link href={`/${team}/workflows/${run.workflow.slug}?tab=runs`}>
					<ChevronLeft aria-hidden="true" />
				</Link>
			</IconButton>
		</PhoneRunHead>
	);
}
