import { openDatabase } from "@/db/client";
import { fireSchedules } from "./fire-schedules";

/** A worker that fires what is due at a moment of its own, in the database that it is given. */
const [url = "", at = ""] = process.argv.slice(2);
const database = openDatabase(url);
await fireSchedules(database, () => Number(at));
await database.close();
