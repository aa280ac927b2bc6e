"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { receiveDrawing } from "@/components/canvas/drawing/sent-drawing";
import { Chip } from "@/components/ui/chip";
import { useIsAlive } from "@/components/ui/hooks/use-is-alive";
import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import type { NodeId } from "@/server/plan/plan";
import { LinkGone } from "./link-gone";
import { LoadFailure } from "./load-failure";
import { SharedHead } from "./shared-bar";
import { SharedWorkflowPhone } from "./shared-workflow-phone";
import type { DrawnWorkflowProps, SharedWorkflowProps } from "./shared-workflow-props";
import { StillPicture } from "./still/still-picture";
import { useWantedScreen } from "./use-wanted-screen";
import { useWatchedWorkflow } from "./use-watched-workflow";

/** A workflow by its link. The link may be revoked while somebody looks: then nothing of the workflow stays on the page. */
export function SharedWorkflowPage(props: SharedWorkflowProps) {
	const { token, workflow } = props;
	const drawing = useMemo(() => receiveDrawing(workflow.plan, props.drawing), [workflow.plan, props.drawing]);
	const drawn = { token, workflow, drawing };
	const [isGone, setGone] = useState(false);
	const router = useRouter();
	const isAlive = useIsAlive();
	const isPhone = useIsPhone();
	useWatchedWorkflow(token, {
		onGone: () => setGone(true),
		onShown(version, name) {
			if (version !== workflow.version || name !== workflow.name) router.refresh();
		},
	});
	if (isGone) return <LinkGone />;
	// The server does not know how large the browser's screen is.
	return (
		<>
			{!(isAlive && isPhone) && (
				<div className="phone:hidden">
					<Desktop {...drawn} />
				</div>
			)}
			{!(isAlive && !isPhone) && (
				<div className="hidden phone:block">
					<SharedWorkflowPhone {...drawn} />
				</div>
			)}
		</>
	);
}

function Desktop({ token, workflow, drawing }: DrawnWorkflowProps) {
	return (
		<div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)] overflow-hidden">
			<SharedHead run={workflow} token={token}>
				<h1 className="min-w-0 truncate font-semibold text-13 text-ink">{workflow.name}</h1>
				<Chip tone="line">v{workflow.version}</Chip>
			</SharedHead>
			<Canvas workflow={workflow} drawing={drawing} />
		</div>
	);
}

const loadScreen = () => import("./shared-workflow-screen").then((module) => module.SharedWorkflowScreen);

/** What the server drew stays as it is, until somebody wants more than to look. */
function Canvas({ workflow, drawing }: Omit<DrawnWorkflowProps, "token">) {
	const { Screen, want, isLoading, isFailed, goOn } = useWantedScreen(loadScreen);
	const [chosen, setChosen] = useState<NodeId | null>(null);
	const choose = useCallback(
		(id: NodeId) => {
			setChosen(id);
			want();
		},
		[want],
	);
	if (Screen) return <Screen workflow={workflow} chosen={chosen} onShown={goOn} />;
	return (
		<main aria-busy={isLoading} className={isLoading ? "min-h-0 cursor-progress" : "min-h-0"}>
			<StillPicture label={`Canvas of ${workflow.name}`} drawing={drawing} onUse={want} onSelect={choose} />
			{isFailed && <LoadFailure />}
		</main>
	);
}
