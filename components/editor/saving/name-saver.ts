import { firstName } from "@/components/ui/format/format-name";
import type { OthersDraft } from "./saving-state";

/** Who saved a draft, as sentences name them. */
export function nameSaver(theirs: OthersDraft, viewerId: string): string {
	if (isOwn(theirs, viewerId)) return "Your other tab";
	return theirs.savedBy ? firstName(theirs.savedBy.name) : "Somebody";
}

/** Two tabs of one person differ by the tab's name only. */
export function isOwn({ savedBy }: OthersDraft, viewerId: string): boolean {
	return savedBy?.id === viewerId;
}
