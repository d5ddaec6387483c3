/**
 * @file Looks at the devices of the place where cells run, and measures them against each other. Gets the engine that
 * is there: its own would be another one. Says nothing in words.
 */
import type * as Engine from "../../engine/index.ts"
import type { Tensor } from "../../engine/index.ts"
import type { Absence, DeviceName, DeviceNews, GpuFacts, SeenDevice } from "./device.ts"
import { type DeviceWork, deviceTests, operations } from "./device-tests.ts"

type TheEngine = typeof Engine

/** Milliseconds of measuring on one device. */
const MEASURING = 1000
/** Milliseconds of writing programs beforehand; when they are spent, no further test begins. */
const PREPARING = 1000
/** Rounds that are sent off before one is waited for, at most. */
const MOST_AT_ONCE = 64
/** The part of a test's time that counts, at its end: before, the browser may still make its code faster. */
const MEASURED = 0.7
/** A round must fit twice, since the first one is slower. */
const SAFETY = 2
/** Operations that take longer than asking for them does: only they tell how long larger work will take. */
const TELLING = 1e6

export async function lookAround(engine: TheEngine): Promise<SeenDevice[]> {
  const seen: SeenDevice[] = []
  for (const { name, available, description } of await engine.devices())
    if (name === "cpu") seen.push({ name, available, description })
    else if (name === "webgpu")
      seen.push({ name, available, description, ...(await lookAtGpu(engine, available)) })
  return seen
}

/** Whether a value on the GPU can be had without `await`. */
async function readsAtOnce(engine: TheEngine): Promise<boolean> {
  try {
    await engine.setDevice("webgpu")
    return engine.tensor([1, 2]).sum().item() === 3
  } catch (error) {
    if (error instanceof engine.BackendError) return false
    throw error
  } finally {
    await engine.setDevice("cpu")
  }
}

async function lookAtGpu(
  engine: TheEngine,
  available: boolean,
): Promise<{ gpu?: GpuFacts; absence?: Absence }> {
  const api = globalThis.navigator?.gpu
  if (!api) return { absence: globalThis.isSecureContext ? "unsupported" : "insecure" }
  const adapter = await api.requestAdapter({ powerPreference: "high-performance" })
  if (!adapter) return { absence: "no-adapter" }
  const { limits, info } = adapter
  const gpu: GpuFacts = {
    vendor: info?.vendor ?? "",
    architecture: info?.architecture ?? "",
    name: info?.description ?? "",
    software: info?.isFallbackAdapter === true || /swiftshader|llvmpipe|warp/i.test(info?.architecture ?? ""),
    largest: Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize),
    sharedBytes: limits.maxComputeWorkgroupStorageSize,
    threads: limits.maxComputeInvocationsPerWorkgroup,
    readsAtOnce: available && (await readsAtOnce(engine)),
  }
  return available ? { gpu } : { gpu, absence: "refused" }
}

/** About a second on each device that is there, and as long again at most for writing programs. */
export async function compareDevices(engine: TheEngine, tell: (news: DeviceNews) => void): Promise<void> {
  for (const { name, available } of await engine.devices()) {
    if (!available || (name !== "cpu" && name !== "webgpu")) continue
    tell({ kind: "begins", device: name })
    await engine.setDevice(name)
    await measureAll(engine, name, tell)
  }
  tell({ kind: "compared" })
}

async function measureAll(
  engine: TheEngine,
  device: DeviceName,
  tell: (news: DeviceNews) => void,
): Promise<void> {
  let measuring = MEASURING
  let preparing = PREPARING
  // Operations in a millisecond, the most so far.
  let pace = 0
  for (const [i, { id, work }] of deviceTests.entries()) {
    const share = measuring * shareOf(i)
    const expected = pace > 0 ? operations(work) / pace : 0
    if (preparing <= 0 || expected * SAFETY > share) {
      tell({ kind: "measured", measurement: { test: id, device } })
      continue
    }
    const from = performance.now()
    const round = rounds(engine, work)
    // The first round writes the program, the second one is the first that replays it.
    for (let n = 0; n < 2; n++) await round().dataAsync()
    const began = performance.now()
    // Before the first one the device itself gets ready.
    if (i > 0) preparing -= began - from
    const ms = await measure(round, work, share)
    measuring -= performance.now() - began
    if (operations(work) > TELLING) pace = Math.max(pace, operations(work) / ms)
    tell({ kind: "measured", measurement: { test: id, device, ms } })
  }
}

/** The part of the time that is left which the test in this place gets: the later ones are larger. */
function shareOf(place: number): number {
  const n = deviceTests.length
  return (2 * (place + 1)) / ((n - place) * (n + place + 1))
}

/** Milliseconds of one round, over as many as fit into `share` milliseconds, one at least. */
async function measure(round: () => Tensor, work: DeviceWork, share: number): Promise<number> {
  const began = performance.now()
  const left = (): number => share - (performance.now() - began)
  let count = 0
  let atOnce = 1
  let warm = false
  let from = performance.now()
  do {
    if (!warm && left() < share * MEASURED) {
      warm = true
      count = 0
      from = performance.now()
    }
    let last = round()
    for (let i = 1; i < atOnce; i++) last = round()
    await last.dataAsync()
    count += atOnce
    if (!(work.kind === "add" && work.read)) atOnce = fitting((performance.now() - from) / count, left())
  } while (left() > 0)
  return (performance.now() - from) / count
}

/** Rounds of `ms` each that take a quarter of what is left. */
function fitting(ms: number, left: number): number {
  return Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(left / 4 / Math.max(ms, 1e-3))))
}

/** The work as a function that does it once, over memory that is kept. */
function rounds(engine: TheEngine, work: DeviceWork): () => Tensor {
  const generator = new engine.Generator(1)
  switch (work.kind) {
    case "add": {
      const [x, y] = [engine.tensor([1]), engine.tensor([2])]
      return engine.jit(() => x.add(y))
    }
    case "matmul": {
      const [x, y] = [0, 1].map(() => engine.randn([work.n, work.n], { generator }))
      // One number of the product is read, so that reading costs nothing beside it.
      return engine.jit(() => x.matmul(y).slice([0, 0], [1, 1]))
    }
    case "chain": {
      const x = engine.randn([work.n], { generator })
      return engine.jit(() => x.mul(2).add(1).tanh().mean())
    }
    case "net":
      return trainingStep(engine, work.sizes, work.batch, generator)
  }
}

function trainingStep(
  engine: TheEngine,
  sizes: readonly number[],
  batch: number,
  generator: Engine.Generator,
): () => Tensor {
  const layers = sizes
    .slice(1)
    .flatMap((outputs, i) => [
      new engine.Linear(sizes[i], outputs, { generator }),
      ...(i < sizes.length - 2 ? [new engine.ReLU()] : []),
    ])
  const model = new engine.Sequential(...layers)
  const optimizer = new engine.SGD(model.parameters(), { lr: 0.01 })
  const x = engine.randn([batch, sizes[0]], { generator })
  const y = engine.randint(0, sizes.at(-1)!, [batch], { generator })
  return engine.jit(() => {
    const loss = engine.crossEntropy(model.forward(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zeroGrad()
    return loss
  })
}
