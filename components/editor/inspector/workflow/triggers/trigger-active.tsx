"use client";

import { Pause } from "lucide-react";
import { useWhyNot } from "@/components/shell/why-not";
import { Button } from "@/components/ui/button";
import { GuardedSwitch } from "@/components/ui/forms/guarded-switch";
import { Menu, MenuItem } from "@/components/ui/menu";
import { type Registered, useTriggerActions } from "./use-registered";

/** Whether a published trigger starts runs; pauses it until somebody resumes it, or for a while. */
export function TriggerActive({ registered }: { registered: Registered }) {
	const { pause, resume, isChanging } = useTriggerActions(registered.key);
	const whyNot = useWhyNot("trigger:control");
	const isActive = registered.pausedAt === null;
	return (
		<div className="flex items-center gap-2">
			<label htmlFor="trigger-active" className="flex-1 font-medium">
				Active
			</label>
			{whyNot === undefined && (
				<Menu
					trigger={
						<Button disabled={isChanging}>
							<Pause />
							Pause until…
						</Button>
					}
				>
					{PAUSES.map(({ label, hours }) => (
						<MenuItem key={label} onSelect={() => pause(new Date(Date.now() + hours * 3_600_000))}>
							{label}
						</MenuItem>
					))}
				</Menu>
			)}
			<GuardedSwitch
				id="trigger-active"
				whyNot={whyNot}
				checked={isActive}
				onCheckedChange={(on) => (on ? resume() : pause())}
			/>
		</div>
	);
}

const PAUSES = [
	{ label: "For an hour", hours: 1 },
	{ label: "For eight hours", hours: 8 },
	{ label: "For a day", hours: 24 },
	{ label: "For a week", hours: 168 },
] as const;
