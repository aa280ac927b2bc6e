"use client";

import { Columns3 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { PanelSection } from "@/components/ui/panel-section";
import type { PlanNode } from "@/server/plan/plan";
import { ChangedFiles } from "../coding/changed-files";
import type { RunScreen } from "../use-run-screen";
import { AttemptCard, type Taking } from "./attempt-card";
import type { Wide } from "./compared";
import { Comparison } from "./comparison";
import { type ShownAttempt, useAttempts } from "./use-attempts";

interface AttemptsProps {
	screen: RunScreen;
	/** The step that compares them, and where it is. */
	node: PlanNode;
	iteration: string;
	wide: Wide;
	/** Above them: what is asked, or what came of it. */
	children?: ReactNode;
	taking?: Taking | undefined;
	preferred?: string | undefined;
	taken?: string | undefined;
	/** What is known of earlier runs, by name. */
	records?: ReadonlyMap<string, string>;
}

/** What several agents made of one task, one below the other; side by side where there is room. */
export function Attempts({
	screen,
	node,
	iteration,
	wide,
	children,
	taking,
	preferred,
	taken,
	records,
}: AttemptsProps) {
	const attempts = useAttempts(screen, node, iteration);
	const [shown, setShown] = useState<string | null>(null);
	const card = (attempt: ShownAttempt, chosen: string | null, choose: (name: string | null) => void) => {
		const { name, nodeId, step } = attempt;
		return (
			<AttemptCard
				key={name}
				attempt={attempt}
				taking={taking}
				isPreferred={name === preferred}
				isTaken={name === taken}
				record={records?.get(name)}
				isShown={name === chosen}
				onShow={() => choose(name === chosen ? null : name)}
				onOpen={nodeId === undefined ? undefined : () => screen.select(nodeId, step?.iteration)}
			/>
		);
	};
	return (
		<PanelSection title="Side by side" end={`${attempts.length} attempts`}>
			<div className="grid gap-3 px-4 pb-4">
				{children}
				<Button className="phone:hidden" onClick={() => wide.setWide(true)}>
					<Columns3 />
					Compare
				</Button>
				{attempts.map((attempt) => (
					<div key={attempt.name} className="min-w-0">
						{card(attempt, shown, setShown)}
						{attempt.name === shown && attempt.ended?.result && (
							<div className="pt-2">
								<ChangedFiles reader={screen.reader} result={attempt.ended.result} />
							</div>
						)}
					</div>
				))}
			</div>
			{wide.isWide && (
				<Comparison
					title={node.name}
					attempts={attempts}
					reader={screen.reader}
					card={card}
					onClose={() => wide.setWide(false)}
				>
					{children}
				</Comparison>
			)}
		</PanelSection>
	);
}
