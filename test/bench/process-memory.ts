// Memory and processor time of a process and which processes this one has started, as Linux tells it. Other systems are told
// plainly that this bench does not run there.

import { readdir, readFile } from "node:fs/promises";

const KIB_PER_MIB = 1_024;
const LOOK_EVERY_MS = 100;

/** @returns the process that this one started and whose command line contains `text` */
export async function findChild(text: string): Promise<number> {
  const own = `/proc/${process.pid}/task`;
  for (const task of await linuxOnly(readdir(own))) {
    const children = await readFile(`${own}/${task}/children`, "utf8");
    for (const pid of children.split(" ").filter(Boolean)) {
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
      if (command.includes(text)) return Number(pid);
    }
  }
  throw new Error(`no process with ${text} was started here`);
}

/** Resident memory in MiB. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await linuxOnly(readFile(`/proc/${pid}/status`, "utf8"));
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / KIB_PER_MIB;
}

/** Looks at the resident memory again and again until it is told to end; then what was seen, in MiB. */
export function watchMemory(pid: number) {
  const seen: number[] = [];
  const look = async () => void seen.push(await memoryOf(pid));
  const timer = setInterval(() => void look().catch(() => clearInterval(timer)), LOOK_EVERY_MS);
  return {
    end: async (): Promise<readonly number[]> => {
      clearInterval(timer);
      await look();
      return seen;
    },
  };
}

/** Processor time since its start, in ms (proc_pid_stat(5): fields 14 and 15, in hundredths of a second). */
export async function processorTimeOf(pid: number): Promise<number> {
  const stat = await linuxOnly(readFile(`/proc/${pid}/stat`, "utf8"));
  const [user = "", system = ""] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12);
  return (Number(user) + Number(system)) * 10;
}

async function linuxOnly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new Error("the memory of another process is read from /proc, which needs Linux", {
      cause,
    });
  }
}
