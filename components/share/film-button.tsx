"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import type { RunFactsData } from "@/components/runs/use-run-screen";
import { useWhyNot } from "@/components/shell/why-not";
import { GuardedIconButton } from "@/components/ui/guarded";
import { type LargePart, LazyPart } from "@/components/ui/lazy-part";
import type { FilmDialog } from "./film-dialog";

const dialog: LargePart<Parameters<typeof FilmDialog>[0]> = {
	load: () => import("./film-dialog").then((module) => module.FilmDialog),
	name: "The dialog",
};

/** Saves the film of a run as a file that leaves the team. */
export function FilmButton({ team, run }: { team: string; run: RunFactsData }) {
	const [open, setOpen] = useState(false);
	const whyNot = useWhyNot("run:share");
	return (
		<>
			<GuardedIconButton whyNot={whyNot} label="Download the film" onClick={() => setOpen(true)}>
				<Download />
			</GuardedIconButton>
			{open && (
				<LazyPart part={dialog} props={{ team, runId: run.id, number: run.number, onClose: () => setOpen(false) }} />
			)}
		</>
	);
}
