import type { RecordingStation } from "@/recorder";

import type { Host } from "./host";
import { Opening, type OpeningNeeds } from "./opening";
import { OwnAffairs } from "./ownAffairs";
import { Presence, type PresenceNeeds } from "./presence";
import { Retakes } from "./retakes";
import { Writing } from "./writing";

export interface HelperNeeds extends OpeningNeeds, PresenceNeeds {
  station: RecordingStation;
}

/** Who does the controller's work from the consent on; fetched later than the first screen. */
export class Helpers {
  readonly opening: Opening;
  readonly retakes: Retakes;
  readonly writing: Writing;
  readonly own: OwnAffairs;
  readonly presence: Presence;

  constructor(host: Host, needs: HelperNeeds) {
    this.opening = new Opening({ ...host, ...needs });
    this.retakes = new Retakes(host);
    this.writing = new Writing(host);
    this.own = new OwnAffairs(host);
    this.presence = new Presence(host, needs);
  }
}
