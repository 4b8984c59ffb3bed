import { describe, expect, it } from "vitest";
import { LIMIT_PRESETS } from "../limits";
import { buildFstab, buildLauncherLine, buildResourceLimits, buildSandboxArguments, type SandboxSpec } from "./sandbox-line";
import type { Slot } from "./slots";

const root: Slot = { name: "slipway-61007", uid: 61_007, folder: "/data/work space/slipway-61007" };
const nobody: Slot = { name: "slipway-1000-0", uid: null, folder: "/data/slipway-1000-0" };
const spec: SandboxSpec = {
  command: ["/toolchain/run", "--fast", "-- --bind / /"],
  env: { TOKEN: "secret value", EMPTY: "" },
  mounts: [{ source: "/opt/tool #1", target: "/toolchain" }],
  limits: { ...LIMIT_PRESETS.compile, diskMb: 7, diskFiles: 11 },
};

describe("the sandbox's line", () => {
  it("keeps every word of the isolation", () => {
    const words = buildSandboxArguments({ spec }).join(" ");
    for (const part of ["--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session", "--cap-drop ALL", "--clearenv", "--ro-bind /usr /usr", "--remount-ro /", "--remount-ro /dev", "--ro-bind /mnt/in /in"]) {
      expect(words).toContain(part);
    }
    expect(words.match(/--bind \S+ \S+/g)).toEqual(["--bind /mnt/shm /dev/shm", "--bind /mnt/tmp /tmp", "--bind /mnt/out /out"]);
    expect(words).not.toContain("--share-net");
  });

  it("passes each variable as one name and one value", () => {
    const words = buildSandboxArguments({ spec });
    const at = words.indexOf("--clearenv");
    expect(words.slice(at + 1)).toEqual(["--setenv", "TOKEN", "secret value", "--setenv", "EMPTY", ""]);
  });

  it("shows neither environment nor sources of mounts in the process list", () => {
    const { args } = buildLauncherLine({ slot: root, fstab: "/f", filter: "/s", spec, boundsMemory: true });
    expect(args.join(" ")).not.toContain("secret value");
    expect(args.join(" ")).not.toContain("/opt/tool");
  });

  it("ends with the command, word for word, behind a separator", () => {
    const { args } = buildLauncherLine({ slot: root, fstab: "/f", filter: "/s", spec, boundsMemory: true });
    expect(args.slice(args.lastIndexOf("--") - 0)).toEqual(["--", "/toolchain/run", "--fast", "-- --bind / /"]);
  });

  it("drops to the slot's user as root, and to no capability as anyone else", () => {
    const asRoot = buildLauncherLine({ slot: root, fstab: "/f", filter: "/s", spec, boundsMemory: true }).args.join(" ");
    expect(asRoot).toContain("--reuid 61007 --regid 61007 --clear-groups --inh-caps -all");
    expect(asRoot).not.toContain("--user --map");
    const asNobody = buildLauncherLine({ slot: nobody, fstab: "/f", filter: "/s", spec, boundsMemory: true }).args.join(" ");
    expect(asNobody).toContain("--user --map-current-user --keep-caps --mount");
    expect(asNobody).toContain("--inh-caps -all --ambient-caps -all");
    for (const line of [asRoot, asNobody]) expect(line.match(/--pdeathsig (KILL|keep)/g)).toEqual(["--pdeathsig KILL", "--pdeathsig keep"]);
  });

  it("bounds data only where no control group bounds memory", () => {
    expect(buildResourceLimits({ spec, boundsMemory: true }).join(" ")).not.toContain("--data");
    expect(buildResourceLimits({ spec, boundsMemory: false })).toContain(`--data=${(1024 + 4096) * 1024 * 1024}`);
    expect(buildResourceLimits({ spec, boundsMemory: true })).toContain(`--fsize=${65 * 1024 * 1024}`);
    expect(buildResourceLimits({ spec, boundsMemory: true })).toContain("--core=0");
  });

  it("mounts exact quotas for the slot's user, and keeps blanks and marks of a path", () => {
    const lines = buildFstab({ slot: root, spec }).split("\n");
    expect(lines[0]).toBe("tmpfs /data/work\\040space/slipway-61007/stage/out tmpfs size=7m,nr_inodes=12,mode=0700,uid=61007,gid=61007,nosuid,nodev 0 0");
    expect(lines[3]).toBe("/opt/tool\\040\\0431 /data/work\\040space/slipway-61007/stage/mount-0 none rbind 0 0");
    expect(lines[4]).toBe("/data/work\\040space/slipway-61007/stage /mnt none rbind 0 0");
  });
});
