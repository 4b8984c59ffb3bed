/** Small packages to begin with: shown on the first visit, built for real, and built by the tests. */
import { blinker } from "./555-blinker";
import { indicatorLights } from "./indicator-lights";
import type { PipelineExample } from "../../define";
import { sensorBus } from "./sensor-bus";

export const EXAMPLES: readonly PipelineExample[] = [indicatorLights, blinker, sensorBus];
