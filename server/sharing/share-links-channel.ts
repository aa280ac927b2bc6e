/** Names the links that have been revoked: whoever looks by one looks again whether it still works. */
export const SHARE_LINKS_CHANNEL = "weft_share_links";
