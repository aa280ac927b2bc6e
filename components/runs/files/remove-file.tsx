"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { GuardedButton } from "@/components/ui/guarded";
import { showDone } from "@/components/ui/toasts/toaster";
import type { RunFile } from "../run-reader";

interface RemoveFileProps {
	file: RunFile;
	run: { team: string; runId: string };
	onRemoved: () => void;
}

/** Removes a file for good, once that is confirmed. */
export function RemoveFile({ file, run, onRemoved }: RemoveFileProps) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const whyNot = useWhyNot("run:remove-files");
	const [isAsking, setAsking] = useState(false);
	const removing = useMutation(
		trpc.runs.removeFile.mutationOptions({
			onSuccess: () => {
				showDone(`${file.name} is removed`);
				onRemoved();
			},
			onError: () => setAsking(false),
			onSettled: () => queries.invalidateQueries(trpc.runs.files.queryFilter(run)),
		}),
	);
	return (
		<>
			<GuardedButton
				intent="danger"
				className="mr-auto"
				whyNot={whyNot}
				busy={removing.isPending}
				onClick={() => setAsking(true)}
			>
				<Trash2 />
				Remove
			</GuardedButton>
			<ConfirmDialog
				open={isAsking}
				onOpenChange={setAsking}
				title={`Remove ${file.name}?`}
				action="Remove file"
				danger
				busy={removing.isPending}
				whyNot={whyNot}
				onConfirm={() => removing.mutate({ ...run, id: file.id })}
			>
				It is gone for good, for links to the run and for other runs that refer to it, too. The run’s output goes on
				naming it.
			</ConfirmDialog>
		</>
	);
}
