/** What comes after the notice: fetched while the introduction is read. */
export { Heartbeat, Spool } from "@/recorder/delivery";

export { Attendant } from "./model/attendant";
export { Helpers } from "./model/helpers";
export { Outbox } from "./model/outbox";
export { PromptPlayer } from "./parts/prompt";
export { Kept } from "./parts/kept";
export { Between } from "./screens/between";
export { Devices } from "./screens/devices";
export { Done } from "./screens/done";
export { Notice } from "./screens/notice";
export { OwnPage } from "./screens/ownPage";
export { Practice } from "./screens/practice";
export { QuestionScreen } from "./screens/question";
export { Sending } from "./screens/sending";
export { Summary } from "./screens/summary";
export { WritingScreen } from "./screens/writing";
