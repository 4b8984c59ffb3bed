/** Small packages to begin with: shown on the first visit, built for real, and built by the tests. */
import { blinker } from "./555-blinker";
import { indicatorLights } from "./indicator-lights";
import { sensorBus } from "./sensor-bus";

export interface CircuitExample {
  /** Also a good name for the package. */
  slug: string;
  title: string;
  description: string;
  files: readonly { path: string; content: string }[];
}

export const EXAMPLES: readonly CircuitExample[] = [indicatorLights, blinker, sensorBus];
