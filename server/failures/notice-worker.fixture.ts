import { openDatabase } from "@/db/client";
import { sendNotices } from "./send-notices";
import { testNoticeServices } from "./test-failures";

/** A worker that sends the notices that are due, to a server in the place of every far side. */
const [url = "", origin = ""] = process.argv.slice(2);
const database = openDatabase(url);
await sendNotices(database, testNoticeServices(database, origin));
await database.close();
