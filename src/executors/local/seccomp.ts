/**
 * The system call filter of the sandbox, as the classic BPF program that `bwrap --seccomp` loads.
 * Format: `struct sock_filter { u16 code; u8 jt; u8 jf; u32 k }`, little endian; see seccomp(2) and <linux/bpf_common.h>.
 *
 * Everything that no build needs and that has let programs out of sandboxes is refused. The namespaces, the dropped
 * capabilities and the read-only mounts hold on their own; this makes the kernel's reachable surface smaller.
 */
import { AppError } from "~/domain/errors";

/** What a refused call answers. `ENOSYS` makes the C library fall back to the older call. */
type Refusal = "EPERM" | "ENOSYS" | "EAFNOSUPPORT";

export type SeccompArchitecture = "x64" | "arm64";

interface DeniedCall {
  name: string;
  /** Numbers of the call; absent where the architecture has none. */
  x64?: number;
  arm64?: number;
  refusal?: Refusal;
}

/** Refused whatever their arguments. */
const DENIED_CALLS: readonly DeniedCall[] = [
  // Mounts and roots.
  { name: "mount", x64: 165, arm64: 40 },
  { name: "umount2", x64: 166, arm64: 39 },
  { name: "pivot_root", x64: 155, arm64: 41 },
  { name: "chroot", x64: 161, arm64: 51 },
  { name: "open_tree", x64: 428, arm64: 428 },
  { name: "move_mount", x64: 429, arm64: 429 },
  { name: "fsopen", x64: 430, arm64: 430 },
  { name: "fsconfig", x64: 431, arm64: 431 },
  { name: "fsmount", x64: 432, arm64: 432 },
  { name: "fspick", x64: 433, arm64: 433 },
  { name: "mount_setattr", x64: 442, arm64: 442 },
  { name: "open_tree_attr", x64: 467, arm64: 467 },
  { name: "swapon", x64: 167, arm64: 224 },
  { name: "swapoff", x64: 168, arm64: 225 },
  { name: "quotactl", x64: 179, arm64: 60 },
  { name: "quotactl_fd", x64: 443, arm64: 443 },
  // Namespaces; `clone` is filtered by its flags below, and clone3 hides them behind a pointer.
  { name: "unshare", x64: 272, arm64: 97 },
  { name: "setns", x64: 308, arm64: 268 },
  { name: "clone3", x64: 435, arm64: 435, refusal: "ENOSYS" },
  // Other processes' memory and descriptors.
  { name: "ptrace", x64: 101, arm64: 117 },
  { name: "process_vm_readv", x64: 310, arm64: 270 },
  { name: "process_vm_writev", x64: 311, arm64: 271 },
  { name: "process_madvise", x64: 440, arm64: 440 },
  { name: "pidfd_getfd", x64: 438, arm64: 438 },
  { name: "kcmp", x64: 312, arm64: 272 },
  // Large or young parts of the kernel.
  { name: "bpf", x64: 321, arm64: 280 },
  { name: "perf_event_open", x64: 298, arm64: 241 },
  { name: "userfaultfd", x64: 323, arm64: 282 },
  { name: "io_uring_setup", x64: 425, arm64: 425, refusal: "ENOSYS" },
  { name: "io_uring_enter", x64: 426, arm64: 426, refusal: "ENOSYS" },
  { name: "io_uring_register", x64: 427, arm64: 427, refusal: "ENOSYS" },
  { name: "add_key", x64: 248, arm64: 217 },
  { name: "request_key", x64: 249, arm64: 218 },
  { name: "keyctl", x64: 250, arm64: 219 },
  { name: "fanotify_init", x64: 300, arm64: 262 },
  { name: "name_to_handle_at", x64: 303, arm64: 264 },
  { name: "open_by_handle_at", x64: 304, arm64: 265 },
  { name: "lookup_dcookie", x64: 212, arm64: 18 },
  { name: "modify_ldt", x64: 154 },
  { name: "uselib", x64: 134 },
  { name: "ustat", x64: 136 },
  { name: "sysfs", x64: 139 },
  { name: "_sysctl", x64: 156 },
  { name: "nfsservctl", x64: 180, arm64: 42 },
  { name: "vhangup", x64: 153, arm64: 58 },
  // Memory that the accounting of processes and file systems can't see.
  { name: "shmget", x64: 29, arm64: 194 },
  { name: "shmat", x64: 30, arm64: 196 },
  { name: "msgget", x64: 68, arm64: 186 },
  { name: "semget", x64: 64, arm64: 190 },
  { name: "mq_open", x64: 240, arm64: 180 },
  { name: "memfd_secret", x64: 447, arm64: 447, refusal: "ENOSYS" },
  // The machine itself.
  { name: "kexec_load", x64: 246, arm64: 104 },
  { name: "kexec_file_load", x64: 320, arm64: 294 },
  { name: "init_module", x64: 175, arm64: 105 },
  { name: "finit_module", x64: 313, arm64: 273 },
  { name: "delete_module", x64: 176, arm64: 106 },
  { name: "reboot", x64: 169, arm64: 142 },
  { name: "syslog", x64: 103, arm64: 116 },
  { name: "acct", x64: 163, arm64: 89 },
  { name: "sethostname", x64: 170, arm64: 161 },
  { name: "setdomainname", x64: 171, arm64: 162 },
  { name: "settimeofday", x64: 164, arm64: 170 },
  { name: "clock_settime", x64: 227, arm64: 112 },
  { name: "iopl", x64: 172 },
  { name: "ioperm", x64: 173 },
];

const ARGUMENT_CALLS = {
  x64: { audit: 0xc000003e, clone: 56, socket: 41, socketpair: 53, ioctl: 16, mknod: 133, mknodat: 259 },
  arm64: { audit: 0xc00000b7, clone: 220, socket: 198, socketpair: 199, ioctl: 29, mknod: undefined, mknodat: 33 },
} as const;

/** CLONE_NEWTIME | NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET. */
const CLONE_NEW_ANY = 0x7e020080;
const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const AF_NETLINK = 16;
/** NETLINK_ROUTE, which getifaddrs(3) needs; the other protocols reach deep into the kernel. */
const NETLINK_ROUTE = 0;
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;
const S_IFMT = 0xf000;
const S_IFCHR = 0x2000;
const S_IFBLK = 0x6000;
/** Calls of the x32 ABI have this bit and would slip past a comparison of numbers. */
const X32_BIT = 0x40000000;

const ERRNO: Record<Refusal, number> = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 };
const RET_ALLOW = 0x7fff0000;
const RET_ERRNO = 0x00050000;
const RET_KILL_PROCESS = 0x80000000;

const LOAD = 0x20;
const AND = 0x54;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_EQUAL = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;

const NUMBER_OFFSET = 0;
const ARCHITECTURE_OFFSET = 4;
/** Low half of argument n: the kernel looks at no more of these arguments. */
const argumentOffset = (index: number): number => 16 + index * 8;

interface Instruction {
  code: number;
  jt: number;
  jf: number;
  k: number;
}

const load = (offset: number): Instruction => ({ code: LOAD, jt: 0, jf: 0, k: offset });
const giveBack = (value: number): Instruction => ({ code: RETURN, jt: 0, jf: 0, k: value });
const refuse = (refusal: Refusal): Instruction => giveBack(RET_ERRNO | ERRNO[refusal]);
const jump = (code: number, k: number, jt: number, jf: number): Instruction => ({ code, jt, jf, k });

/** Runs `body` (which must return) when the number loaded in the accumulator is `call`. */
function onCall(call: number | undefined, body: readonly Instruction[]): Instruction[] {
  return call === undefined ? [] : [jump(JUMP_EQUAL, call, 0, body.length), ...body];
}

function filterClone(): Instruction[] {
  return [load(argumentOffset(0)), jump(JUMP_ANY_BIT, CLONE_NEW_ANY, 0, 1), refuse("EPERM"), giveBack(RET_ALLOW)];
}

function filterSocket(): Instruction[] {
  return [
    load(argumentOffset(0)),
    jump(JUMP_EQUAL, AF_UNIX, 6, 0),
    jump(JUMP_EQUAL, AF_INET, 5, 0),
    jump(JUMP_EQUAL, AF_INET6, 4, 0),
    jump(JUMP_EQUAL, AF_NETLINK, 0, 2),
    load(argumentOffset(2)),
    jump(JUMP_EQUAL, NETLINK_ROUTE, 1, 0),
    refuse("EAFNOSUPPORT"),
    giveBack(RET_ALLOW),
  ];
}

function filterIoctl(): Instruction[] {
  return [load(argumentOffset(1)), jump(JUMP_EQUAL, TIOCSTI, 1, 0), jump(JUMP_EQUAL, TIOCLINUX, 0, 1), refuse("EPERM"), giveBack(RET_ALLOW)];
}

function filterMknod(modeArgument: number): Instruction[] {
  return [
    load(argumentOffset(modeArgument)),
    { code: AND, jt: 0, jf: 0, k: S_IFMT },
    jump(JUMP_EQUAL, S_IFCHR, 1, 0),
    jump(JUMP_EQUAL, S_IFBLK, 0, 1),
    refuse("EPERM"),
    giveBack(RET_ALLOW),
  ];
}

/** The program for `bwrap --seccomp`. `architecture` is `process.arch`. Throws `AppError("not_available")` for others. */
export function assembleSeccompFilter(architecture: string): Uint8Array {
  if (architecture !== "x64" && architecture !== "arm64") {
    throw new AppError("not_available", { userMessage: `The sandbox has no system call filter for ${architecture}. Use an x86_64 or aarch64 machine.` });
  }
  const calls = ARGUMENT_CALLS[architecture];
  const program: Instruction[] = [
    load(ARCHITECTURE_OFFSET),
    jump(JUMP_EQUAL, calls.audit, 1, 0),
    giveBack(RET_KILL_PROCESS),
    load(NUMBER_OFFSET),
    ...(architecture === "x64" ? [jump(JUMP_GREATER_EQUAL, X32_BIT, 0, 1), refuse("ENOSYS")] : []),
    ...onCall(calls.clone, filterClone()),
    ...onCall(calls.socket, filterSocket()),
    ...onCall(calls.socketpair, filterSocket()),
    ...onCall(calls.ioctl, filterIoctl()),
    ...onCall(calls.mknod, filterMknod(1)),
    ...onCall(calls.mknodat, filterMknod(2)),
    ...DENIED_CALLS.flatMap((denied) => onCall(denied[architecture], [refuse(denied.refusal ?? "EPERM")])),
    giveBack(RET_ALLOW),
  ];
  return encode(program);
}

function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  program.forEach((instruction, index) => {
    view.setUint16(index * 8, instruction.code, true);
    view.setUint8(index * 8 + 2, instruction.jt);
    view.setUint8(index * 8 + 3, instruction.jf);
    view.setUint32(index * 8 + 4, instruction.k >>> 0, true);
  });
  return bytes;
}

/** Every refused call with its number, for tests and the documentation. */
export function listDeniedCalls(architecture: SeccompArchitecture): { name: string; number: number; refusal: Refusal }[] {
  return DENIED_CALLS.flatMap((denied) => {
    const number = denied[architecture];
    return number === undefined ? [] : [{ name: denied.name, number, refusal: denied.refusal ?? "EPERM" }];
  });
}
