import {
	AtSign,
	Bell,
	BellOff,
	CalendarX,
	CircleDollarSign,
	CircleX,
	HeartPulse,
	LayoutTemplate,
	type LucideIcon,
	UserRoundCheck,
	UserRoundPlus,
} from "lucide-react";
import { type KindName, kindOf } from "@/server/notifications/catalog";

/** The icons that kinds name; only these are bundled. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
	"at-sign": AtSign,
	"circle-x": CircleX,
	"layout-template": LayoutTemplate,
	"user-round-check": UserRoundCheck,
	"bell-off": BellOff,
	"calendar-x": CalendarX,
	"circle-dollar-sign": CircleDollarSign,
	"heart-pulse": HeartPulse,
	"user-round-plus": UserRoundPlus,
};

/** A kind's icon; a bell for a name that is not known here. */
export function KindIcon({ kind, className }: { kind: KindName; className?: string }) {
	const Icon = ICONS[kindOf(kind).icon] ?? Bell;
	return <Icon aria-hidden="true" className={className} strokeWidth={1.75} />;
}
