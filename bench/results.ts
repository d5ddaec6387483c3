/** @file What a run of the bench leaves behind, in `bench/results.json`. Times are in milliseconds, sizes in bytes, gzip -9. */
import type { Ceilings } from "./ceilings.ts"
import type { Workload } from "./workloads.ts"

/** One engine on one row. */
export type Measurement =
  /** The engine does not offer what the row needs; `why` in its words, where it has any. */
  | { kind: "absent"; why?: string }
  | { kind: "failed"; why: string }
  | {
      kind: "timed"
      /** Median of the best round, per iteration. */
      ms: number
      /** Median of the worst round. */
      worst: number
      /** Quartiles of the best round. */
      quartiles: [number, number]
      rounds: number
      /** Repeats of all rounds together. */
      repeats: number
      /** Iterations of a repeat. */
      iterations: number
      answer: number
      /** Is the answer that of plain loops? A wrong one wins nothing. */
      right: boolean
      /** So slow that it was timed once. */
      once: boolean
    }

export interface Row
  extends Pick<Workload, "id" | "title" | "what" | "unit" | "flops" | "beside" | "tolerance"> {
  measured: Record<string, Measurement>
}

export interface PeerFacts {
  id: string
  title: string
  facts: Record<string, string | number | boolean>
  /** The GPU is emulated by the CPU: its times say nothing about GPUs. */
  software?: boolean
}

/** From an empty cache to one training step of the XOR net, on localhost. */
export interface ColdStart {
  id: string
  title: string
  /** Median of the starts, from navigation to the loss in JavaScript. */
  ms: number
  quartiles: [number, number]
  starts: number
  /** What the page loaded, as it would be sent. */
  bytes: number
  files: number
}

/** What an engine weighs: everything it exports, minified, gzip -9. */
export interface BundleSize {
  id: string
  title: string
  bytes: number
  /** The most that we allow ourselves. */
  budget?: number
}

/** The median of several times that a reader waits. */
export interface Waiting {
  ms: number
  quartiles: [number, number]
  times: number
}

/** What is sent when a reader gets so far, and was not sent before. */
export interface NotebookStage {
  title: string
  bytes: number
  files: number
}

/** Cells that run in a page: from a click to what it brings on screen. */
export interface NotebookRow {
  id: string
  title: string
  /** The first Run, with nothing but the page loaded. */
  cold: Waiting
  /** The same cell again. */
  warm: Waiting
  /** From Stop, while a loop without end runs, to the output of another cell. */
  recovery: Waiting
  /** From Edit to an editor with the focus: the first one, and one after it. */
  editor?: Waiting
  editorAgain?: Waiting
  stages: NotebookStage[]
}

/** How long a reader waits after code that means harm, in milliseconds. */
export interface RecoveryRow extends Waiting {
  id: string
  title: string
  /** What we want it to stay below. */
  aim: number
  worst: number
}

/** The main thread's time in each frame, in milliseconds. */
export interface Frames {
  frames: number
  /** The median, and what 95 of 100 frames stay below. */
  ms: number
  usual: number
  worst: number
  /** Shares of the frames: longer than a screen of 60 Hz leaves them, and than 50 ms. */
  late: number
  felt: number
  longTasks: number
}

/** An explorable of the book while it moves. */
export interface ExplorableRow {
  name: string
  lesson: string
  title: string
  /** At its fastest; absent where it has no time. */
  played?: Frames
  /** Its first slider or handle, with a new place in every frame. */
  dragged?: Frames
}

/** A class whose submission files are graded again by `npm run grade`, each answer in a process of its own. */
export interface GradingRow {
  learners: number
  exercises: number
  /** Learners times exercises, less those of files that were cut off. */
  answers: number
  /** Answers that never end: each costs a lane the whole limit of its exercise. */
  endless: number
  /** Errors of the grader. */
  failed: number
  lanes: number
  ms: number
  /** The grading process's resident bytes at most: in the second tenth of its time, and in the last. */
  early?: number
  late?: number
}

export interface Run {
  environment: "chromium" | "node"
  /** ISO 8601, UTC. */
  date: string
  /** Browser or Node, with its version. */
  version: string
  platform: string
  cores: number
  /** The adapter's name where rows ran on a GPU. */
  gpu?: string
  rounds: number
  quick: boolean
  ceilings?: Ceilings
  peers: PeerFacts[]
  rows: Row[]
  cold: ColdStart[]
  notebooks?: NotebookRow[]
  recoveries?: RecoveryRow[]
  explorables?: ExplorableRow[]
  grading?: GradingRow
  bundles: BundleSize[]
}

/** One run for each environment. */
export type Results = Partial<Record<Run["environment"], Run>>
