import type { Metadata } from "next";
import { headers } from "next/headers";
import { OG_SIZE } from "@/components/canvas/picture/og-picture";
import { getEnv } from "@/server/env";

/** A page's picture in the card that other sites make of a link to it; they want its whole address. */
export async function pictureMetadata(path: string): Promise<Pick<Metadata, "metadataBase" | "openGraph" | "twitter">> {
	const asked = await headers();
	const protocol = asked.get("x-forwarded-proto") === "https" ? "https" : "http";
	const origin = getEnv().AUTH_URL ?? `${protocol}://${asked.get("host") ?? "localhost"}`;
	const base = URL.canParse(origin) ? new URL(origin) : null;
	return {
		metadataBase: base,
		openGraph: { siteName: "Weft", type: "website", images: [{ url: path, ...OG_SIZE }] },
		twitter: { card: "summary_large_image" },
	};
}
