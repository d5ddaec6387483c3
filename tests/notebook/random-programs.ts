/**
 * @file Makes up the texts of cells: what learners write and what makes cells depend on each other in ways that a text
 * does not show at once. A name's first letter tells what it usually holds. Runs nothing.
 *
 * Left out, because no reading of the text can follow it or no plain run repeats it:
 * - code in strings (`eval`, `Function`), and names reached through `globalThis` or changed prototypes of the language;
 * - what happens after a cell has ended: timers, promises that nobody awaits;
 * - what differs from run to run by itself: `Math.random`, the clock, the network;
 * - proxies.
 */
import type { Dice } from "./random-dice.ts"

/** Few names, so that cells meet. */
const names = {
  num: ["n1", "n2"],
  arr: ["a1", "a2", "a3"],
  obj: ["o1", "o2"],
  map: ["s1"],
  fun: ["f1", "f2", "f3"],
  cls: ["C1", "C2"],
  ins: ["k1", "k2"],
  itr: ["i1"],
  gen: ["g1"],
  ten: ["w1", "w2"],
  opt: ["t1"],
} as const

type Kind = keyof typeof names
const kinds = Object.keys(names) as Kind[]

/** `$arr` is some name that holds a list, `$0` a digit. Entries are as likely as they are many. */
const statements: readonly string[] = [
  // numbers
  "const $num = $0",
  "let $num = $num + 1",
  "let $num = 1; $num += $0",
  'const $num = input.slider("x", { min: 0, max: 9, step: 1, value: $0 })',
  'const $num = input.number("y", { value: $0 }) + 1',
  "const $num = randn([1]).item()",
  "random.seed($0)",
  "const $num = await Promise.resolve($0)",
  "const $num = $arr.length",
  "const $num = $fun($num)",
  "var $num = $0",
  // lists
  "const $arr = [1, $0]",
  "const $arr = [$num, 2, 3]",
  "const $arr = $arr",
  "const $arr = [...$arr]",
  "const $arr = $arr.map((x) => x)",
  "const $arr = [$arr, $arr]",
  "const $arr = [$obj]",
  "const $arr = $arr.filter((x) => x !== $0)",
  "const [$num, ...$arr] = $arr",
  "const $arr = $obj.list",
  "const { list: $arr } = $obj",
  "const { list: $arr = [$0], n: $num = 4 } = $obj",
  "const $arr = $arr.slice(1)",
  "const $arr = $arr.concat($arr)",
  "const $arr = Array.from($arr)",
  "const $arr = rand([2]).tolist()",
  "const $arr = structuredClone($arr)",
  "const $arr = Object.values($obj)",
  "const $arr = $fun($arr)",
  "const $arr = $0 > 4 ? $arr : $arr",
  "const $arr = $arr ?? []",
  "$arr.push($0)",
  "$arr.push($num)",
  "$arr.push($arr)",
  "$arr[0] = $0",
  "$arr[$0 % 2]++",
  "[$arr[0], $arr[1]] = [$0, 8]",
  "$arr.sort((x, y) => y - x)",
  "$arr.length = 1",
  "$arr.splice(0, 1)",
  '$arr["push"]($0)',
  "$arr.at(0).push?.($0)",
  "for (const x of $arr) $arr[0] = x + 1",
  "$arr.forEach((x, i) => { $arr[i] = x + 1 })",
  "$arr.forEach((x) => { x.n = $0 })",
  "for (const [i, x] of $arr.entries()) if (i < 2) $obj.list.push(x)",
  "const alias = $arr; alias.push($0)",
  "{ const $arr = [0]; $arr.push($0) }",
  "Array.prototype.push.call($arr, $0)",
  "Array.prototype.push.apply($arr, [$0])",
  "Reflect.apply(Array.prototype.push, $arr, [$0])",
  "const push = $arr.push.bind($arr); push($0)",
  "[$num, $0].forEach($arr.push, $arr)",
  "[$0].map($fun)",
  "$arr.toSorted().push($0)",
  "$arr.reverse()[0] = $0",
  "(await $arr).push($0)",
  "($arr, $arr).push($0)",
  "($arr as number[]).push($0)",
  "$arr!.push($0)",
  "$arr?.push($0)",
  // records
  "const $obj = { n: $0, list: [1] }",
  "const $obj = { n: $num, list: $arr }",
  "const $obj = { ...$obj }",
  "const $obj = { ...$obj, n: $0 }",
  "const $obj = $obj",
  "const $obj = { inner: $obj, list: [], n: 1 }",
  "const $obj = Object.assign({}, $obj)",
  "const $obj = Object.create($obj)",
  "const $obj = { list: [0], n: 0, go() { this.n++; return this.n }, get more() { return ++this.n } }",
  "const $obj = { list: $arr, n: 0, get more() { return $arr.push($0) }, set more(x) { $arr.push(x) } }",
  "const $obj = { list: [], n: 0, f: $fun, go: () => $arr.push($0) }",
  "const $obj = { n: 1, list: [], [Symbol.iterator]: () => $arr[Symbol.iterator]() }",
  "$obj.n += $0",
  "$obj.n = $num",
  '$obj["n"]++',
  "$obj.list.push($0)",
  "$obj.list = $arr",
  "$obj.list = [$0]",
  "$obj.inner = $obj",
  "$obj.inner.n = $0",
  "delete $obj.n",
  "Object.assign($obj, { n: $0 })",
  "Object.assign($obj, $obj).n = $0",
  "({ n: $obj.n } = { n: $0 })",
  "({ list: $obj.list } = $obj)",
  "Object.defineProperty($obj, 'n', { value: $0, configurable: true, writable: true, enumerable: true })",
  "$obj.more",
  "$obj.more = $0",
  "$obj.go()",
  "$obj.f?.($arr)",
  "$obj.f = $fun",
  "$obj.go = () => $obj.n++",
  "Object.values($obj).forEach((x) => x.push?.($0))",
  "Object.entries($obj).forEach(([, x]) => { if (Array.isArray(x)) x.push($0) })",
  "for (const x of Object.values($obj)) x.push?.($0)",
  "for (const key in $obj) if (key === 'n') $obj[key] = $0",
  "const copy = { ...$obj }; copy.list.push($0)",
  "const { list } = $obj; list.push($0)",
  "JSON.stringify($obj, (k, v) => (Array.isArray(v) && v.push($0), v))",
  // maps
  'const $map = new Map([["k", $arr]])',
  "const $map = new Map()",
  '$map.set("k", $arr)',
  '$map.set("n", $0)',
  '$map.get("k")?.push($0)',
  "$map.delete('n')",
  "for (const [, v] of $map) v.push?.($0)",
  "$map.forEach((v) => v.push?.($0))",
  "[...$map.values()].at(-1)?.push?.($0)",
  // functions
  "const $fun = (x) => x",
  "function $fun(x) { return x * 2 + $num }",
  "const $fun = (x) => { x.push?.($0); return x }",
  "let count = 0; const $fun = () => ++count",
  "const $fun = () => $arr.push($0)",
  "const $fun = () => $arr",
  "function $fun() { $obj.n++; return $obj }",
  "const $fun = () => $fun()",
  "function $fun(x = $arr) { x.push($0); return x.length }",
  "const $fun = (...xs) => { for (const x of xs) x.push?.($0) }",
  "const $fun = ({ list }) => list.push($0)",
  "const $fun = (g) => g($0)",
  "const make = () => { let n = 0; return () => ++n }; const $fun = make()",
  "const make = (x) => () => x.push($0); const $fun = make($arr)",
  "const $fun = [() => $arr.push($0)][0]",
  "const $fun = $fun",
  "const $fun = $obj.go",
  "const $fun = ((x) => x).bind(null, $arr)",
  "const $fun = async (x) => { await null; x.push?.($0); return x.length }",
  "const $fun = () => { throw new Error('f') }",
  "const $fun = (() => { const own = []; return (x) => { own.push(x); return own } })()",
  "const $fun = Object.assign((x) => x, { n: 0, list: [] })",
  "const $fun = (strings, x) => (x.push?.($0), strings[0])",
  "$fun()",
  "$fun($arr)",
  "$fun($obj)",
  "await $fun($arr)",
  "$fun(() => $arr.push($0))",
  "$fun($fun)",
  "$fun`t$" + "{$arr}`",
  "$fun().push?.($0)",
  "$fun($arr).push?.($0)",
  "$fun($obj).n = $0",
  "$fun.call(null, $arr)",
  "$fun.apply(null, [$arr])",
  "$fun.n = $0",
  "(() => $arr.push($0))()",
  "(function go(n) { if (n > 0) go(n - 1); else $arr.push($0) })(2)",
  "[1, 2].forEach($fun)",
  "[1, 2].forEach(() => $fun($arr))",
  "$arr.map($fun)",
  // classes
  "class $cls { n = 0; list = []; add(x) { this.list.push(x); return this } get size() { return ++this.n } }",
  "class $cls { static all = []; list = []; constructor(x) { $cls.all.push($0); this.x = x } add(x) { this.x?.push?.(x) } }",
  "class $cls extends $cls { n = 5; go() { return this.add($0) } }",
  "class $cls { #n = 0; list = []; add() { this.#up(); return this.#n } #up() { this.#n++ } toJSON() { return this.#n } }",
  "class $cls { list = $arr; constructor() { $arr.push($0) } add(x) { this.list = [x] } }",
  "class $cls { static all = []; n = 0; list = []; constructor() { $cls.all.push(this) } add(x) { $obj.me = this; this.list.push(x); return this } }",
  "$cls.all?.forEach?.((x) => { x.n += $0 })",
  "$cls.all?.at?.(0)?.list?.push?.($0)",
  "$obj.me?.list.push($0)",
  "const $ins = new $cls()",
  "const $ins = new $cls($arr)",
  "const $ins = $ins",
  "new $cls($obj)",
  "new $cls($arr).add($0)",
  "$ins.add($0)",
  "$ins.add($arr)",
  "$ins.add($0)?.add?.(1)",
  "$ins.go?.()",
  "$ins.n++",
  "$ins.list.push($0)",
  "$cls.all?.push($0)",
  "$cls.count = ($cls.count ?? 0) + 1",
  "$cls.prototype.go = function () { return ++this.n }",
  // what is used up
  "function* $gen() { yield 1; yield 2; yield $0 }",
  "const $itr = $gen()",
  "const $itr = $arr.values()",
  "const $itr = $arr[Symbol.iterator]()",
  "$itr.next()",
  "const $num = $itr.next().value",
  "const $arr = [...$itr]",
  "const $arr = Array.from($itr)",
  "const [$num] = $itr",
  "for (const x of $itr) { display(x); break }",
  "new Set($itr)",
  "Math.max(...$itr)",
  "const $obj = { it: $itr, list: [], n: 0 }",
  "[...$obj.it]",
  "for (const x of $obj) display(x)",
  // tensors
  "const $ten = tensor([1, $0], { requiresGrad: true })",
  "const $ten = randn([2], { requiresGrad: true })",
  "const $ten = tensor([2, 3])",
  "const $ten = $ten.mul(2)",
  "$ten.square().sum().backward()",
  "$ten.sum().backward()",
  "const loss = $ten.square().sum(); loss.backward()",
  "const loss = $ten.square().sum()",
  "loss.backward()",
  "const $opt = new optim.SGD([$ten], { lr: 0.1 })",
  "const $opt = new optim.Adam([$ten], { lr: 0.1 })",
  "$opt.step()",
  "$opt.zeroGrad(); $ten.square().sum().backward(); $opt.step()",
  "clipGradNorm([$ten], 0.1)",
  "const gen = new Generator($0)",
  "const $num = rand([1], { generator: gen }).item()",
  "const $num = gen.next?.()",
  // mistakes
  "throw new Error('stop')",
  "nowhere.x",
  "null.x",
  "const oops = (",
  "$arr.nope()",
  "$num = 3",
  "a9 = 1",
  "if ($num > 3) throw new Error('large')",
  "try { null.x } catch { $arr.push($0) }",
  "if ($num > 2) $arr.push($0); else $obj.n++",
  "while ($arr.length < 3) $arr.push($0)",
  "await new Promise((done) => setTimeout(done, 0))",
]

const shows: readonly string[] = [
  "$arr",
  "$arr.join()",
  "$arr.length",
  "$obj",
  "$obj.n",
  "JSON.stringify($obj)",
  "$num",
  "$num * 2",
  "[...$map]",
  "$fun($num)",
  "$fun",
  "$ins",
  "$ins.list",
  "$ins.size",
  "$cls.all",
  "[...$itr]",
  "$itr.next().value",
  "$ten.tolist()",
  "$ten",
  "$ten.grad?.tolist()",
  "loss.item()",
  "display($arr)",
  "display($obj, $arr)",
  "console.log($arr)",
  "console.log($obj.n, $num)",
  "table([{ n: $num }])",
  "randn([1]).item()",
  "rand([2]).tolist().join()",
  "undefined",
  "[...$arr, ...$arr]",
  "({ ...$obj, extra: $arr })",
  "`$" + "{$arr}`",
]

/** What a template declares is another name than those that it uses, nearly always. */
function fill(template: string, dice: Dice, choose: (kind: Kind) => string): string {
  let declared: string | undefined
  return template
    .replace(/\$([a-z]{3})/g, (_, kind: Kind) => {
      let name = choose(kind)
      for (let i = 0; name === declared && i < 4; i++) name = choose(kind)
      if (/^(const|let|class|function)/.test(template)) declared ??= name
      return name
    })
    .replaceAll("$0", () => `${dice.below(10)}`)
}

/** A declaration for each kind of name, so that most names mean something. */
const beginnings: Record<Kind, string> = {
  num: "const $num = $0",
  arr: "const $arr = [3, 1, $0]",
  obj: "const $obj = { n: $0, list: [1] }",
  map: 'const $map = new Map([["k", [1]]])',
  fun: "const $fun = (x) => x",
  cls: "class $cls { n = 0; list = []; add(x) { this.list.push(x); return this } get size() { return ++this.n } }",
  ins: "const $ins = { n: 0, list: [1], add(x) { this.list.push(x) } }",
  itr: "const $itr = [4, 5, $0].values()",
  gen: "function* $gen() { yield 1; yield $0 }",
  ten: "const $ten = tensor([1, $0], { requiresGrad: true })",
  opt: "const $opt = new optim.SGD([ones([2], { requiresGrad: true })], { lr: 0.1 })",
}

const declaration = /^(?:const|let|var|class|function\*?) (\w+)/

export function declaresTwice(lines: readonly string[]): boolean {
  const declared = lines.flatMap((line) => declaration.exec(line)?.[1] ?? [])
  return new Set(declared).size < declared.length
}

/** What one story is about: a few kinds of statements and few names, so that its cells meet. */
export class Theme {
  readonly #declaring: readonly string[]
  readonly #changing: readonly string[]
  /** How many names of a kind there are. */
  readonly #most: number

  constructor(dice: Dice) {
    const count = dice.pick([4, 8, 20, statements.length])
    const some = (list: readonly string[]): string[] => Array.from({ length: count }, () => dice.pick(list))
    this.#declaring = some(statements.filter((text) => declaration.test(text)))
    this.#changing = some(statements.filter((text) => !declaration.test(text)))
    this.#most = 1 + dice.below(3)
  }

  /** Some statement or, at the end of a cell, something that is shown. */
  line(dice: Dice, last: boolean): string {
    const list = last ? shows : dice.below(5) < 2 ? this.#declaring : this.#changing
    return fill(dice.pick(list), dice, (kind) => dice.pick(names[kind].slice(0, this.#most)))
  }

  /** Rarely declares a name twice. */
  program(dice: Dice): string[] {
    const lines: string[] = []
    const declared = new Set<string>()
    const add = (last: boolean): void => {
      const line = this.line(dice, last)
      const name = declaration.exec(line)?.[1]
      // A bracket would go on with the line before.
      if (name === undefined || !declared.has(name) || dice.once(20))
        lines.push(line.replace(/^(?=[[(])/, ";"))
      if (name !== undefined) declared.add(name)
    }
    for (let i = dice.below(3) + (dice.once(4) ? 0 : 1); i > 0; i--) add(false)
    if (!dice.once(5) || lines.length === 0) add(true)
    return lines
  }

  /** The lines of the first cells: a declaration of nearly every name. */
  beginning(dice: Dice, nth: number): string[] {
    const known = kinds.filter((kind) => nth < Math.min(this.#most, names[kind].length) && !dice.once(20))
    const lines = known.map((kind) =>
      fill(beginnings[kind], dice, (other) => names[other][nth] ?? names[other][0]),
    )
    return nth === 0
      ? [...lines, "const loss = ones([2], { requiresGrad: true }).sum()", "const gen = new Generator(1)"]
      : lines
  }
}

/** All names that programs use, for renaming. */
export const allNames: readonly string[] = Object.values(names).flat()
