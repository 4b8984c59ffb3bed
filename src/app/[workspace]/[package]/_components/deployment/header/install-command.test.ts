import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { makeInstallCommand } from "./install-command";

it("is a command that a shell takes apart as meant", () => {
  const command = makeInstallCommand({ origin: "https://slipway.example", buildId: "build_1", packageName: "ada/o'blinky", version: "0.1.0+a b" });
  const words = (part: string) => execFileSync("sh", ["-c", `SLIPWAY_TOKEN=slw_x; printf '%s\\n' ${part}`], { encoding: "utf8" }).trimEnd().split("\n");
  const [fetching = "", unpacking = ""] = command.split(" && ");
  expect(words(fetching)).toEqual(["curl", "-fL", "-H", "Authorization: Bearer slw_x", "-o", "o'blinky-0.1.0+a b.zip", "https://slipway.example/api/v1/builds/build_1/artifacts.zip"]);
  expect(words(unpacking)).toEqual(["unzip", "-o", "o'blinky-0.1.0+a b.zip", "-d", "o'blinky"]);
});
