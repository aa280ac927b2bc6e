import { handlers } from "@/server/auth/auth";

/** Where GitHub and Google send people back to. The rest of Auth.js's addresses are not needed. */
export const { GET } = handlers;
