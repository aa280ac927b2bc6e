import {
	Bot,
	Box,
	Braces,
	CalendarClock,
	CodeXml,
	Columns3,
	Database,
	FileCode2,
	Flag,
	FolderOpen,
	GitBranch,
	GitMerge,
	GitPullRequest,
	Globe,
	Hash,
	Hourglass,
	type LucideIcon,
	Mail,
	MessageSquareText,
	MessagesSquare,
	MousePointerClick,
	Radio,
	RadioReceiver,
	RefreshCw,
	Repeat,
	Route,
	Siren,
	Sparkles,
	Split,
	SquareTerminal,
	UserRoundCheck,
	Webhook,
	Workflow,
} from "lucide-react";

/** The icons that definitions name; only these are bundled. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
	bot: Bot,
	box: Box,
	braces: Braces,
	"calendar-clock": CalendarClock,
	"code-xml": CodeXml,
	"columns-3": Columns3,
	database: Database,
	"file-code-2": FileCode2,
	flag: Flag,
	"folder-open": FolderOpen,
	"git-branch": GitBranch,
	"git-merge": GitMerge,
	"git-pull-request": GitPullRequest,
	globe: Globe,
	hash: Hash,
	hourglass: Hourglass,
	mail: Mail,
	"message-square-text": MessageSquareText,
	"messages-square": MessagesSquare,
	"mouse-pointer-click": MousePointerClick,
	radio: Radio,
	"radio-receiver": RadioReceiver,
	"refresh-cw": RefreshCw,
	repeat: Repeat,
	route: Route,
	siren: Siren,
	sparkles: Sparkles,
	split: Split,
	"square-terminal": SquareTerminal,
	"user-round-check": UserRoundCheck,
	webhook: Webhook,
	workflow: Workflow,
};

export function isKnownIcon(name: string): boolean {
	return Object.hasOwn(ICONS, name);
}

/** A definition's icon by its lucide name; a box for a name that is not known here. */
export function NodeIcon({ name, className }: { name: string; className?: string | undefined }) {
	const Icon = ICONS[name] ?? Box;
	return <Icon aria-hidden="true" className={className} strokeWidth={1.75} />;
}
