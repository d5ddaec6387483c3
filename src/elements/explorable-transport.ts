/**
 * @file The transport: reset, back, play, step, speed, seed, link, describe, copied code. No animation frame
 * while nothing plays; playing ends off screen, in a hidden tab, when a handle is taken, or when another plays.
 */

import { encode, merge } from "../explorables/lib/link.ts"
import { clockText, seedInUse } from "../explorables/lib/panel.ts"
import { keyHelp } from "../explorables/lib/still.ts"
import type { Desk } from "./explorable-desk.ts"
import type { KeyFrames } from "./explorable-frames.ts"
import { beginPlaying, lessMotion, pauseWhenAway, STILL } from "./playing.ts"

export interface Clock {
  act(action: string): void
  pause(): void
}

export function transport(desk: Desk, frames: KeyFrames): Clock {
  const { explorable } = desk
  const button = desk.find<HTMLButtonElement>('[data-action="play"]')
  const clock = desk.find<HTMLInputElement>("[data-clock]")
  const speed = desk.find<HTMLSelectElement>("[data-speed]")
  const stride = desk.find<HTMLSelectElement>("[data-stride]")
  let playing = 0
  let at = 0
  let before = 0

  const label = () => {
    if (!button) return
    const words = playing ? "Pause" : lessMotion() ? "Run to end" : "Play"
    if (button.textContent !== words) button.textContent = words
  }
  const pause = () => {
    if (!playing) return
    cancelAnimationFrame(playing)
    playing = 0
    label()
    desk.change({})
  }
  const tick = (now: number) => {
    // The first frame may have begun before the button was pressed.
    const seconds = Math.max(0, Math.min(now - before, 100)) / 1000
    at = Math.min(desk.last, at + seconds * Number(speed?.value ?? 12))
    before = now
    // More frames than steps: what would be drawn is there already.
    if (Math.floor(at) !== desk.step) desk.change({ step: Math.floor(at) }, false)
    playing = requestAnimationFrame(tick)
    if (at >= desk.last) pause()
  }
  const play = () => {
    at = desk.step >= desk.last ? 0 : desk.step
    if (lessMotion()) {
      desk.change({ step: desk.last })
      return frames(5)
    }
    beginPlaying(desk)
    before = performance.now()
    playing = requestAnimationFrame(tick)
    label()
  }
  const go = (by: number) => {
    pause()
    const n = Number(stride?.value ?? 1) * by
    desk.change({ step: Math.max(0, Math.min(desk.last, desk.step + n)) })
  }
  const acts: Record<string, () => void> = {
    reset: () => {
      pause()
      frames(0)
      desk.change({ step: 0 })
    },
    back: () => go(-1),
    step: () => go(1),
    play: () => (playing ? pause() : play()),
    seed: () => {
      if (!seedInUse(explorable.seeded, desk.place.params)) return
      pause()
      const seed = desk.place.seed + 1
      desk.change({ seed, step: 0 }, true, `Seed ${seed}.`)
    },
    link: () => {
      const part = encode(desk.name, explorable.controls, { ...desk.place, step: desk.step })
      history.replaceState(history.state, "", merge(location.hash, part))
      copy(
        location.href,
        "The link to this state is copied.",
        "The link to this state is in the address bar.",
      )
    },
    describe: () => {
      desk.find("[data-describe]")?.focus()
    },
    "copy-code": () =>
      copy(
        explorable.code(desk.place.params, desk.place.seed, desk.step),
        "The code is copied.",
        "The browser did not let the code be copied: select it instead.",
      ),
    "open-code": () => {
      const { params, seed } = desk.place
      void import("./explorable-take.ts").then(({ openInScratchpad }) =>
        openInScratchpad(explorable.title, explorable.code(params, seed, desk.step)),
      )
    },
    help: () => {
      const list = desk.find(".ex-keys")
      if (!list) return
      list.innerHTML ||= keyHelp(explorable)
      list.hidden = !list.hidden
      desk.find(".ex-help")?.setAttribute("aria-expanded", String(!list.hidden))
    },
  }
  const copy = (text: string, done: string, refused: string) => {
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"))
    written.then(
      () => desk.say(done),
      () => desk.say(refused),
    )
  }

  for (const b of desk.all("[data-action]")) b.addEventListener("click", () => acts[b.dataset.action!]?.())
  clock?.addEventListener("input", () => {
    pause()
    desk.change({ step: clock.valueAsNumber }, false)
  })
  clock?.addEventListener("change", () => desk.change({ step: clock.valueAsNumber }))
  const newSeed = desk.find('[data-action="seed"]')
  desk.onpaint(() => {
    if (newSeed) newSeed.hidden = !seedInUse(explorable.seeded, desk.place.params)
    if (!clock) return
    clock.max = String(desk.last)
    clock.value = String(desk.step)
    clock.style.setProperty("--at", `${desk.last ? (100 * desk.step) / desk.last : 0}%`)
    const words = clockText(explorable.unit ?? "step", desk.step, desk.last)
    clock.setAttribute("aria-valuetext", words)
    clock.nextElementSibling!.textContent = words
  })

  const { signal } = desk
  pauseWhenAway(desk.root, desk, pause, signal)
  signal.addEventListener("abort", () => cancelAnimationFrame(playing))
  desk.root.addEventListener("ex-grab", pause, { signal })
  STILL.addEventListener("change", label, { signal })
  label()
  return { act: (action) => acts[action]?.(), pause }
}
