"use client";

import { Share2 } from "lucide-react";
import { useState } from "react";
import type { TeamRunScreen } from "@/components/runs/use-run-screen";
import { useWhyNot } from "@/components/shell/why-not";
import { GuardedButton } from "@/components/ui/guarded";
import { type LargePart, LazyPart } from "@/components/ui/lazy-part";
import type { ShareDialog } from "./share-dialog";

const dialog: LargePart<Parameters<typeof ShareDialog>[0]> = {
	load: () => import("./share-dialog").then((module) => module.ShareDialog),
	name: "The dialog",
};

/** Sends a run to somebody without an account. */
export function ShareButton({ screen: { team, run } }: { screen: TeamRunScreen }) {
	const [open, setOpen] = useState(false);
	const whyNot = useWhyNot("run:share");
	return (
		<>
			<GuardedButton whyNot={whyNot} onClick={() => setOpen(true)}>
				<Share2 />
				Share
			</GuardedButton>
			{open && (
				<LazyPart part={dialog} props={{ team, runId: run.id, number: run.number, onClose: () => setOpen(false) }} />
			)}
		</>
	);
}
