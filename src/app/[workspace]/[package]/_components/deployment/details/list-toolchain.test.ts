import { expect, it } from "vitest";
import { listToolchain } from "./list-toolchain";

it("names each tool once, with every version in use", () => {
  expect(listToolchain({ stages: [{ toolchain: { typescript: "5.9.3", tscircuit: "0.0.1" } }, { toolchain: { tscircuit: "0.0.1" } }, { toolchain: { tscircuit: "0.0.2" } }] })).toEqual([
    { name: "tscircuit", versions: ["0.0.1", "0.0.2"] },
    { name: "typescript", versions: ["5.9.3"] },
  ]);
});
