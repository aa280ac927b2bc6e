import { firstName } from "@/components/ui/format-name";
import type { OthersDraft } from "./saving-state";

/** Who saved a draft, as sentences name them. */
export function nameSaver({ savedBy }: OthersDraft, viewerId: string): string {
	if (!savedBy) return "Somebody";
	return savedBy.id === viewerId ? "Another tab" : firstName(savedBy.name);
}
