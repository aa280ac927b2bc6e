import {
	CircleUserRound,
	Database,
	Globe,
	Hash,
	KeyRound,
	List,
	type LucideIcon,
	Mail,
	Sparkles,
	SquareTerminal,
} from "lucide-react";
import type { CredentialType } from "@/server/credentials/catalog";

const ICONS = {
	token: KeyRound,
	basic: CircleUserRound,
	header: Globe,
	"key-value": List,
	"ssh-key": SquareTerminal,
	"database-url": Database,
	smtp: Mail,
	slack: Hash,
	llm: Sparkles,
} satisfies Record<CredentialType, LucideIcon>;

export function CredentialIcon({ type, className }: { type: CredentialType; className?: string }) {
	const Icon = ICONS[type];
	return <Icon aria-hidden="true" className={className} />;
}
