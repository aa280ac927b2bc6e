import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { OfflineNotice } from "@/components/shell/offline-notice";
import { ThemeKeeper, ThemeScript } from "@/components/ui/theme/theme-keeper";
import { Toaster } from "@/components/ui/toasts/toaster";
import "./globals.css";

export const metadata: Metadata = {
	title: { default: "Weft", template: "%s · Weft" },
	description: "Draw the workflow. It finishes.",
};

export const viewport: Viewport = {
	width: "device-width",
	initialScale: 1,
	themeColor: [
		{ media: "(prefers-color-scheme: light)", color: "#fbfaf8" },
		{ media: "(prefers-color-scheme: dark)", color: "#181715" },
	],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
	const nonce = (await headers()).get("x-nonce") ?? undefined;
	return (
		<html lang="en" suppressHydrationWarning>
			<head>
				<ThemeScript nonce={nonce} />
			</head>
			<body>
				{children}
				<Toaster />
				<OfflineNotice />
				<ThemeKeeper />
			</body>
		</html>
	);
}
