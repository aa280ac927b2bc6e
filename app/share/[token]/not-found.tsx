import type { Metadata } from "next";
import { LinkGone } from "@/components/share/link-gone";

export const metadata: Metadata = { title: "Shared run" };

export default LinkGone;
