import { ImageResponse } from "next/og";
import { OG_SIZE, OgPicture, type OgPictureProps } from "@/components/canvas/picture/og-picture";
import { WeftError } from "@/server/errors";
import { oncePerProcess } from "@/server/once-per-process";
import { countPicture } from "@/server/sharing/visit-limits";
import { queueLargeWork } from "@/server/trpc/request-budget";

/** Pictures of some 40 kB each. */
const KEPT = 100;
const HEADERS = { "content-type": "image/png", "cache-control": "no-store", "x-robots-tag": "noindex" };

/** What is shown of whatever may not be shown, the same for all reasons. */
export const NEUTRAL = { key: "neutral", props: { title: "Weft", line: "A visual builder for workflows that finish" } };

interface Drawn {
	/** Two pictures with the same key are the same. */
	key: string;
	props: OgPictureProps;
}

/** The picture for the card of a link, from memory where it has been drawn before. */
export async function answerPicture({ key, props }: Drawn, address: string): Promise<Response> {
	const kept = oncePerProcess("link-pictures", () => new Map<string, Uint8Array<ArrayBuffer>>());
	const known = kept.get(key);
	if (known) return new Response(known, { headers: HEADERS });
	try {
		await countPicture(address);
		const drawn = await queueLargeWork(() => draw(props));
		kept.set(key, drawn);
		for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(old);
		return new Response(drawn, { headers: HEADERS });
	} catch (error) {
		if (error instanceof WeftError) return new Response(error.message, { status: 429 });
		throw error;
	}
}

async function draw(props: OgPictureProps): Promise<Uint8Array<ArrayBuffer>> {
	const image = new ImageResponse(<OgPicture {...props} />, OG_SIZE);
	return new Uint8Array(await image.arrayBuffer());
}
