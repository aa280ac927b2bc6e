/** The cookie that holds the slug of the team seen last, so that signing in and the start page lead back to it. */
export const LAST_TEAM_COOKIE = "weft-team";
