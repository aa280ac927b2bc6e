"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FIRST_SHOWS } from "./link-terms";
import { ShowsChoices } from "./shows-choices";

interface FilmDialogProps {
	team: string;
	runId: string;
	number: number;
	onClose: () => void;
}

/** Asks what the file may show: nobody can take it back. */
export function FilmDialog({ team, runId, number, onClose }: FilmDialogProps) {
	const [shows, setShows] = useState(FIRST_SHOWS);
	const chosen = Object.entries(shows).map(([part, isShown]): [string, string] => [part, String(isShown)]);
	const address = `/api/film?${new URLSearchParams([["team", team], ["runId", runId], ...chosen])}`;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Download the film of run ${number}`}
			description="One file that plays the run in any browser, offline. It cannot be revoked. Secrets are never included."
			className="w-[560px]"
			foot={
				<span className="ml-auto flex gap-2 phone:w-full phone:[&>*]:flex-1">
					<Button intent="ghost" size="form" onClick={onClose}>
						Cancel
					</Button>
					<Button intent="primary" size="form" asChild>
						<a href={address} download onClick={onClose}>
							<Download aria-hidden="true" />
							Download
						</a>
					</Button>
				</span>
			}
		>
			<ShowsChoices shows={shows} onChange={setShows} />
		</Dialog>
	);
}
