import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useWhyNot } from "../../shell/why-not";
import { useTRPC } from "../../trpc/client";
import { errorIssues } from "../../trpc/error-issues";
import { showDone } from "../../ui/toasts/toaster";
import type { CategoryId } from "../gallery-data";
import { useSampleChoice } from "./sample-field";

export type PublishForm = ReturnType<typeof usePublishForm>;

interface Chosen {
	category?: CategoryId;
	forInstance?: boolean;
}

interface Begun {
	/** The one that is chosen at first. */
	workflow: string | undefined;
	onDone: () => void;
}

/** What is published, and how: chosen by a person, or as the template's last version has it. */
export function usePublishForm(team: string, { workflow = "", onDone }: Begun) {
	const trpc = useTRPC();
	const workflows = useQuery(trpc.workflows.list.queryOptions({ team, archived: false }));
	const [slug, setSlug] = useState(workflow);
	const [chosen, setChosen] = useState<Chosen>({});
	const [note, setNote] = useState("");
	const [isChecked, setChecked] = useState(false);
	const publishing = usePublish(team, onDone);
	const whyNot = useWhyNot("template:publish");
	const publication = useQuery(
		trpc.templates.publication.queryOptions({ team, slug }, { enabled: slug !== "", meta: { ownError: true } }),
	);
	// A next version is seen by those who saw the last, unless somebody decides otherwise.
	const before = publication.data?.template;
	const category = chosen.category ?? before?.category ?? "everyday";
	const forInstance = chosen.forInstance ?? before?.forInstance ?? false;
	const choice = useSampleChoice(publication.data?.runs);
	return {
		...{ slug, category, forInstance, note, setNote, choice, whyNot },
		published: workflows.data?.filter(({ version }) => version !== null),
		runs: publication.data?.runs,
		isMissing: isChecked && slug === "",
		isBusy: publishing.isPending || (slug !== "" && publication.isPending),
		error: workflows.error ?? publication.error ?? publishing.error,
		issues: errorIssues(publishing.error),
		choose: (change: Chosen) => setChosen({ ...chosen, ...change }),
		chooseWorkflow(value: string) {
			setSlug(value);
			setChosen({});
		},
		submit(event: FormEvent) {
			event.preventDefault();
			setChecked(true);
			if (slug !== "" && whyNot === undefined)
				publishing.mutate({ team, slug, category, forInstance, note, sample: choice.sample });
		},
	};
}

function usePublish(team: string, onDone: () => void) {
	const trpc = useTRPC();
	const router = useRouter();
	return useMutation({
		...trpc.templates.publish.mutationOptions(),
		meta: { ownError: true },
		onSuccess: ({ template, version }, { forInstance }) => {
			showDone(
				version === 1 ? "The template is published" : `Version ${version} is published`,
				forInstance ? "Your team sees it. Everybody else does once an administrator has approved it." : undefined,
			);
			onDone();
			router.push(`/${team}/templates/${template}`);
			router.refresh();
		},
	});
}
