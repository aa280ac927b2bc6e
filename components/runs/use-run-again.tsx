"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { v4 as newId } from "uuid";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { RunDialog, StartDialog } from "@/components/workflows/start/run-dialog";
import { type AskedInputs, useReadInputs } from "@/components/workflows/start/use-read-inputs";
import { useStartRun } from "@/components/workflows/start/use-start-run";
import type { JsonObject } from "@/server/plan/values/json";
import type { RunFactsData } from "./use-run-screen";

interface RunAgain {
	go: () => void;
	busy: boolean;
	/** Why the viewer may not, if so. */
	whyNot: ReactNode | undefined;
	/** The form, filled in as it was, while it is asked for. */
	dialog: ReactNode;
}

/** Runs once more what ran here: the published version, or the draft as it is now, by the same event. Its inputs can be changed first. */
export function useRunAgain(team: string, run: RunFactsData): RunAgain {
	const { slug, name } = run.workflow;
	const isDraft = run.kind === "draft";
	const [asked, setAsked] = useState<AskedInputs | null>(null);
	const again = useStartRun({ team, slug });
	const test = useTestAgain({ team, slug, again: run.number, ownError: asked !== null });
	const read = useReadInputs({ team, slug, isDraft });
	const begin = (found: AskedInputs) => {
		if (found.inputs.length > 0) setAsked(found);
		else if (isDraft) test.start({}, found.revision);
		else again.start({});
	};
	const whyNotRun = useWhyNot("run:start");
	const whyNotTest = useWhyNot("workflow:edit");
	const whyNot = isDraft ? whyNotTest : whyNotRun;
	const form = asked && {
		name,
		inputs: asked.inputs,
		values: run.input,
		open: true,
		onOpenChange: (open: boolean) => open || setAsked(null),
	};
	return {
		whyNot,
		go: () => read.mutate(undefined, { onSuccess: begin }),
		busy: read.isPending || again.busy || (test.busy && asked === null),
		dialog:
			form && isDraft ? (
				<StartDialog
					{...form}
					verb="Test"
					whyNot={whyNot}
					run={{ ...test, start: (input) => test.start(input, asked.revision) }}
				/>
			) : (
				form && <RunDialog {...form} team={team} slug={slug} />
			),
	};
}

interface TestAgain {
	team: string;
	slug: string;
	/** The number of the test that it begins as. */
	again: number;
	ownError: boolean;
}

function useTestAgain({ team, slug, again, ownError }: TestAgain) {
	const trpc = useTRPC();
	const router = useRouter();
	const { mutate, isPending, error, reset } = useMutation({
		...trpc.runs.startDraft.mutationOptions(),
		meta: { ownError },
		onSuccess: ({ number }) => router.push(`/${team}/workflows/${slug}/runs/${number}`),
	});
	const start = (input: JsonObject, revision: number) =>
		mutate({ team, slug, revision, input, again, requestId: newId() });
	return { start, busy: isPending, error, reset };
}
